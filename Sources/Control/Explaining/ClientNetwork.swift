internal import DNSWire

/// A network that queries come from.
typealias ClientNetwork = IPNetwork

extension ClientNetwork {
  static var allIPv4: ClientNetwork { ClientNetwork(IPAddress(v4: 0), length: 0) }

  /// Reads `192.0.2.0/24`, or one address.
  init(parsing text: String) throws(PoolFailure) {
    do {
      self = try IPNetwork(text).canonical
    } catch {
      throw .usage(error.description)
    }
  }

  /// One of the network's addresses, each equally likely.
  func address(from random: inout QueryRandomness) -> IPAddress {
    // The bits beyond the length: a shift by 64 or more leaves none.
    if address.family == .v4 {
      let host = UInt64(UInt32.max) >> UInt64(length)
      return IPAddress(v4: UInt32(truncatingIfNeeded: address.low | random.next() & host))
    }
    let host = (high: UInt64.max >> UInt64(length), low: UInt64.max >> UInt64(max(0, length - 64)))
    return IPAddress(
      v6High: address.high | random.next() & host.high, low: address.low | random.next() & host.low)
  }
}
