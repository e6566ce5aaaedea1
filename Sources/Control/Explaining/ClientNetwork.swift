internal import DNSWire

/// A network that queries come from.
struct ClientNetwork: Equatable, Sendable, CustomStringConvertible {
  /// Its first address: without bits beyond the length.
  let address: IPAddress
  /// Bits that all its addresses have in common: 0...32 or 0...128.
  let length: Int

  static var allIPv4: ClientNetwork { ClientNetwork(IPAddress(v4: 0), length: 0) }

  private init(_ address: IPAddress, length: Int) {
    let host = Self.hostBits(address.family, length)
    self.address =
      address.family == .v4
      ? IPAddress(v4: UInt32(truncatingIfNeeded: address.low & ~host.low))
      : IPAddress(v6High: address.high & ~host.high, low: address.low & ~host.low)
    self.length = length
  }

  /// Reads `192.0.2.0/24`, or one address.
  init(parsing text: String) throws(PoolFailure) {
    let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    guard let first = parts.first, let address = IPAddress(first) else {
      throw .usage("'\(text)' is neither an address nor a network such as 192.0.2.0/24")
    }
    let bits = Self.bits(of: address.family)
    guard parts.count == 2 else {
      self.init(address, length: bits)
      return
    }
    let digits = parts[1]
    guard let length = Int(digits), String(length) == digits, (0...bits).contains(length) else {
      throw .usage("'\(text)' has no length of a network behind its '/'; that is 0 to \(bits)")
    }
    self.init(address, length: length)
  }

  /// As it is written: the address alone where it is the only one.
  var description: String {
    length == Self.bits(of: address.family) ? "\(address)" : "\(address)/\(length)"
  }

  /// One of the network's addresses, each equally likely.
  func address(from random: inout QueryRandomness) -> IPAddress {
    let host = Self.hostBits(address.family, length)
    if address.family == .v4 {
      return IPAddress(v4: UInt32(truncatingIfNeeded: address.low | random.next() & host.low))
    }
    return IPAddress(
      v6High: address.high | random.next() & host.high, low: address.low | random.next() & host.low)
  }

  private static func bits(of family: IPAddress.Family) -> Int { family == .v4 ? 32 : 128 }

  /// The bits beyond the length.
  private static func hostBits(_ family: IPAddress.Family, _ length: Int) -> (high: UInt64, low: UInt64) {
    // A shift by 64 or more leaves none.
    if family == .v4 { return (0, UInt64(UInt32.max) >> UInt64(length)) }
    return (UInt64.max >> UInt64(length), UInt64.max >> UInt64(max(0, length - 64)))
  }
}
