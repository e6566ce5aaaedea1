internal import DNSWire

extension ClientSubnet {
  /// Whom the query is for; nil: it does not say.
  var network: IPNetwork? {
    guard length > 0 else { return nil }
    // An IPv6 address that stands for an IPv4 one has that in its last bits.
    let before = family == .v6 && address.family == .v4 ? 96 : 0
    return IPNetwork(address, length: max(0, length - before))
  }

  /// The option's data in a response (RFC 7871 §6).
  ///
  /// - Parameter scope: how many bits of the address the response depends on.
  func octets(scope: Int) -> [UInt8] {
    [0, family == .v4 ? 1 : 2, UInt8(length), UInt8(scope)] + (0..<octetCount).map(octet)
  }
}
