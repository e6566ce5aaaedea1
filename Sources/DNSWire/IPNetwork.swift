/// A network: all addresses that begin with the same bits.
public struct IPNetwork: Hashable, Sendable {
  /// One of its addresses.
  public let address: IPAddress
  /// Bits that all its addresses have in common: 0...32 or 0...128.
  public let length: Int

  /// - Parameter length: nil: all bits, so that the network is one address.
  public init(_ address: IPAddress, length: Int? = nil) {
    self.address = address
    self.length = length ?? address.family.bitCount
  }

  /// The same network, written with the first of its addresses.
  public var canonical: IPNetwork { IPNetwork(address.prefix(length), length: length) }
}

extension IPAddress.Family {
  /// Bits of an address.
  public var bitCount: Int { self == .v4 ? 32 : 128 }
}

extension IPAddress {
  /// The address with zeros after its first `length` bits, 0...32 or 0...128.
  public func prefix(_ length: Int) -> IPAddress {
    switch family {
    case .v4: IPAddress(v4: UInt32(truncatingIfNeeded: low) & ~(UInt32.max >> UInt32(length)))
    case .v6:
      IPAddress(
        v6High: high & ~(UInt64.max >> UInt64(length)),
        low: low & ~(UInt64.max >> UInt64(max(0, length - 64))))
    }
  }
}
