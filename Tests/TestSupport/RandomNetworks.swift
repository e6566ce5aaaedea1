import DNSWire
import Locations

/// Networks that overlap, touch and repeat, of values that neighbours often share.
public struct RandomNetworks<Generator: RandomNumberGenerator> {
  public var random: Generator

  public init(random: Generator) {
    self.random = random
  }

  public mutating func networks(_ family: IPAddress.Family, count: Int) -> [AddressTable.Network] {
    let width = family == .v4 ? 32 : 128
    // Within few bits at some depth, so that networks meet.
    let depth = Int.random(in: 0...(width - 10), using: &random)
    let base = address(family)
    return (0..<count).map { _ in
      let isNear = Int.random(in: 0..<8, using: &random) > 0
      let length =
        isNear ? depth + Int.random(in: 0...10, using: &random) : .random(in: 0...width, using: &random)
      let other = address(family)
      let start =
        isNear ? IPAddress(family, bits: base.first(depth).bits | tail(of: other, from: depth)) : other
      return AddressTable.Network(
        start.first(length), length: length, value: UInt32.random(in: 0...3, using: &random))
    }
    .filter { $0.address.family == family }
  }

  /// Without those of addresses that stand for IPv4 ones: zones and tables of times are to have these as IPv4 ones.
  public mutating func plainNetworks(_ family: IPAddress.Family, count: Int) -> [AddressTable.Network] {
    networks(family, count: count).filter { $0.address.untranslated.family == family || $0.length < 96 }
  }

  public mutating func address(_ family: IPAddress.Family) -> IPAddress {
    while true {
      // Of IPv6 addresses some are near the translated ones.
      var bits = UInt128.random(in: 0...UInt128.max, using: &random)
      switch family == .v6 ? Int.random(in: 0..<4, using: &random) : 3 {
      case 0: bits >>= UInt128.random(in: 70...90, using: &random)
      case 1: bits = bits >> UInt128.random(in: 60...100, using: &random) | 0x0064_ff9b << 96
      default: break
      }
      let address = IPAddress(family, bits: bits)
      if address.family == family { return address }
    }
  }

  private func tail(of address: IPAddress, from depth: Int) -> UInt128 {
    address.bits & (UInt128.max >> UInt128(depth))
  }
}
