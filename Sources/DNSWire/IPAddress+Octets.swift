extension IPAddress {
  /// Takes the RDATA of an A or AAAA record; nil unless it has 4 or 16 octets.
  ///
  /// An IPv4-mapped address in an AAAA record comes back as IPv4, as everywhere.
  public init?(octets: some Collection<UInt8>) {
    switch octets.count {
    case 4: self.init(v4: octets.reduce(0) { $0 << 8 | UInt32($1) })
    case 16:
      self.init(
        v6High: octets.prefix(8).reduce(0) { $0 << 8 | UInt64($1) },
        low: octets.suffix(8).reduce(0) { $0 << 8 | UInt64($1) })
    default: return nil
    }
  }

  /// The RDATA of an A or AAAA record; an IPv4 address in an AAAA record is IPv4-mapped.
  public func octets(for type: RRType) -> [UInt8] {
    let low = (0..<8).map { UInt8(truncatingIfNeeded: self.low >> UInt64(56 - $0 * 8)) }
    if type == .a { return Array(low.suffix(4)) }
    if family == .v4 { return Array(repeating: 0, count: 10) + [0xff, 0xff] + low.suffix(4) }
    return (0..<8).map { UInt8(truncatingIfNeeded: self.high >> UInt64(56 - $0 * 8)) } + low
  }
}
