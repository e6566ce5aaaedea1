extension IPAddress: CustomStringConvertible {
  /// Reads the text form of an IPv4 address (four decimal octets without leading zeros) or of an IPv6
  /// address (RFC 4291 §2.2, without a zone).
  ///
  /// - Returns: nil when `text` is neither.
  public init?(_ text: some StringProtocol) {
    let octets = Array(text.utf8)
    if let bits = AddressText.ipv4(octets.span) {
      self.init(v4: bits)
    } else if let halves = AddressText.ipv6(octets.span) {
      self.init(v6High: halves.high, low: halves.low)
    } else {
      return nil
    }
  }

  /// The address as text: IPv4 as four decimal octets, IPv6 in the canonical form (RFC 5952).
  public var description: String {
    switch family {
    case .v4:
      return (0..<4).map { "\(low >> (24 - 8 * UInt64($0)) & 0xff)" }.joined(separator: ".")
    case .v6:
      let groups = (0..<8).map { index in
        UInt16(truncatingIfNeeded: (index < 4 ? high : low) >> UInt64(48 - 16 * (index & 3)))
      }
      let hex = groups.map { String($0, radix: 16) }
      guard let zeros = Self.longestZeros(groups) else { return hex.joined(separator: ":") }
      let before = hex[..<zeros.lowerBound].joined(separator: ":")
      return before + "::" + hex[zeros.upperBound...].joined(separator: ":")
    }
  }

  /// The first of the longest runs of at least two zero groups (RFC 5952 §4.2).
  private static func longestZeros(_ groups: [UInt16]) -> Range<Int>? {
    var longest: Range<Int>?
    var start = 0
    for end in 1...groups.count where end == groups.count || groups[end] != 0 || groups[end - 1] != 0 {
      if groups[start] == 0, end - start > max(1, longest?.count ?? 0) { longest = start..<end }
      start = end
    }
    return longest
  }
}
