/// What `verify=` says of a member's certificate.
enum CertificateUse: String, CaseIterable {
  case on, off
}
