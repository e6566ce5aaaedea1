internal import DNSWire

/// A network that queries come from.
struct ClientNetwork: Equatable, Sendable {
  let address: IPAddress
  /// Bits that all its addresses have in common: 0...32 or 0...128.
  let length: Int

  static var allIPv4: ClientNetwork { ClientNetwork(address: IPAddress(v4: 0), length: 0) }

  private init(address: IPAddress, length: Int) {
    self.address = address
    self.length = length
  }

  /// Reads `192.0.2.0/24`, or one address.
  init(parsing text: String) throws(PoolFailure) {
    let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    guard let first = parts.first, let address = IPAddress(first) else {
      throw .usage("'\(text)' is neither an address nor a network such as 192.0.2.0/24")
    }
    let bits = address.family == .v4 ? 32 : 128
    guard parts.count == 2 else {
      self.init(address: address, length: bits)
      return
    }
    let digits = parts[1]
    guard let length = Int(digits), String(length) == digits, (0...bits).contains(length) else {
      throw .usage("'\(text)': a network's length is 0 to \(bits)")
    }
    self.init(address: address, length: length)
  }

  /// One of the network's addresses, each equally likely.
  func address(from random: inout QueryRandomness) -> IPAddress {
    if address.family == .v4 {
      let host: UInt64 = UInt64(UInt32.max) >> UInt64(length)
      return IPAddress(v4: UInt32(truncatingIfNeeded: address.low & ~host | random.next() & host))
    }
    let high = UInt64.max >> UInt64(length)
    let low = UInt64.max >> UInt64(max(0, length - 64))
    return IPAddress(
      v6High: address.high & ~high | random.next() & high, low: address.low & ~low | random.next() & low)
  }
}
