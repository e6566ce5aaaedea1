/// What `verify=` says of a member's certificate.
enum CertificateUse: String, CaseIterable {
  case on, off

  /// What is written elsewhere for the words.
  static let synonyms: [String: CertificateUse] = [
    "no": .off, "false": .off, "none": .off, "yes": .on, "true": .on,
  ]
}
