extension String {
  /// Octets of a record as a one-line message can show them: as UTF-8, without control characters, and not
  /// all of a long text.
  package init(shown octets: some Collection<UInt8>) {
    let limit = 60
    let text = String(decoding: octets.prefix(limit), as: UTF8.self)
    self.init(
      String.UnicodeScalarView(text.unicodeScalars.map { Self.isUnfit($0) ? "?" : $0 }))
    if octets.count > limit { self += "..." }
  }

  // Also what breaks a line or turns its direction around.
  private static func isUnfit(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator: true
    default: false
    }
  }
}
