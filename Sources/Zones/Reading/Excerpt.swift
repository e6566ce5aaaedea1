extension String {
  /// Octets of a zone file as a message can show them: as UTF-8, without control characters, and not all of
  /// a long one.
  init(excerptOf octets: some Collection<UInt8>) {
    let limit = 60
    let text = String(decoding: octets.prefix(limit), as: UTF8.self)
    self.init(
      String.UnicodeScalarView(
        text.unicodeScalars.map { $0.properties.generalCategory == .control ? "?" : $0 }))
    if octets.count > limit { self += "..." }
  }
}
