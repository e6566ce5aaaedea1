import DNSWire
import Locations

/// What networks say of addresses, by looking at them all.
public struct NaiveTable: Sendable {
  public var networks: [AddressTable.Network]
  public let outside: UInt32

  /// - Parameters:
  ///   - networks: of equal ones the last counts.
  ///   - outside: the value of addresses that are in none.
  public init(networks: [AddressTable.Network], outside: UInt32) {
    self.networks = networks
    self.outside = outside
  }

  public func value(of address: IPAddress) -> UInt32 { value(of: address.bits, address.family) }

  /// Addresses are left-aligned bits here: an `IPAddress` does not hold IPv4-mapped ones.
  public func value(of bits: UInt128, _ family: IPAddress.Family) -> UInt32 {
    if family == .v6, Self.folds.contains(bits >> 32) { return value(of: bits << 96, .v4) }
    var longest: AddressTable.Network?
    for network in networks
    where network.address.family == family && network.length >= longest?.length ?? 0
      && Self.share(network.length, bits, network.address.bits)
    {
      longest = network
    }
    return longest?.value ?? outside
  }

  /// All places where the value can change as addresses go up: where networks begin, and behind their ends; with IPv4
  /// ones also as IPv6 addresses stand for them.
  public func edges(_ family: IPAddress.Family) -> [UInt128] {
    var edges: [UInt128] = family == .v6 ? Self.folds.flatMap { [$0 << 32, ($0 + 1) << 32] } : []
    for network in networks {
      for edge in [network.address.bits, network.address.bits &+ Self.size(network.length)] {
        if network.address.family == family {
          edges.append(edge)
        } else if family == .v6 {
          edges += Self.folds.map { $0 << 32 | edge >> 96 }
        }
      }
    }
    return edges
  }

  /// Whether all addresses of a network have `value`.
  ///
  /// - Parameter edges: of the family. Who looks at them has looked at all addresses.
  public func isUniform(
    _ bits: UInt128, _ length: Int, _ family: IPAddress.Family, _ value: UInt32, _ edges: [UInt128]
  ) -> Bool {
    let first = bits & ~(Self.size(length) &- 1)
    return self.value(of: first, family) == value
      && edges.allSatisfy { !Self.share(length, bits, $0) || self.value(of: $0, family) == value }
  }

  private static let folds: [UInt128] = [0xffff, 0x0064_ff9b << 64]

  private static func size(_ length: Int) -> UInt128 { length == 0 ? 0 : 1 << UInt128(128 - length) }

  private static func share(_ length: Int, _ one: UInt128, _ two: UInt128) -> Bool {
    length == 0 || (one ^ two) >> UInt128(128 - length) == 0
  }
}

extension IPAddress {
  public var width: Int { family == .v4 ? 32 : 128 }

  /// Left-aligned.
  public var bits: UInt128 { family == .v4 ? UInt128(low) << 96 : UInt128(high) << 64 | UInt128(low) }

  public init(_ family: Family, bits: UInt128) {
    switch family {
    case .v4: self.init(v4: UInt32(truncatingIfNeeded: bits >> 96))
    case .v6:
      self.init(v6High: UInt64(truncatingIfNeeded: bits >> 64), low: UInt64(truncatingIfNeeded: bits))
    }
  }

  public func first(_ length: Int) -> IPAddress {
    IPAddress(family, bits: bits & ~(UInt128.max >> UInt128(length)))
  }
}
