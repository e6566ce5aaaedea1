import DNSWire
import Locations

/// Networks and addresses that are the same in each run (SplitMix64).
struct RandomAddresses: RandomNumberGenerator {
  private var state: UInt64 = 1

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
    return mixed ^ (mixed >> 31)
  }

  /// Networks side by side, as location databases have them: IPv4 ones between 0.0.0.0 and 223.255.255.255, IPv6 ones
  /// in 4,096 blocks of 32 bits in 2000::/3. Each network has another value than its neighbours.
  mutating func networks(_ family: IPAddress.Family, count: Int) -> [AddressTable.Network] {
    var blocks: [AddressTable.Network] = []
    if family == .v4 {
      for octet in UInt32(0)..<224 {
        blocks.append(.init(IPAddress(v4: octet << 24), length: 8, value: 0))
      }
    } else {
      for block in UInt64(0)..<4096 {
        let bits = block &* 0x2545_f491_4f6c_dd1d >> 35
        blocks.append(.init(IPAddress(v6High: 1 << 61 | bits << 32, low: 0), length: 32, value: 0))
      }
    }
    // The larger a network, the sooner it is halved; some are much sooner than others.
    let longest = family == .v4 ? 29 : 56
    while blocks.count < count {
      let index = Int.random(in: 0..<blocks.count, using: &self)
      let block = blocks[index]
      guard block.length < longest, Int.random(in: 0...block.length, using: &self) < longest / 2 else {
        continue
      }
      blocks[index].length += 1
      blocks.append(.init(half(block), length: block.length + 1, value: 0))
    }
    return blocks.map { block in
      var block = block
      block.value = UInt32.random(in: 1..<200, using: &self)
      return block
    }
  }

  private func half(_ block: AddressTable.Network) -> IPAddress {
    let address = block.address
    return address.family == .v4
      ? IPAddress(v4: UInt32(address.low) | 1 << UInt32(31 - block.length))
      : IPAddress(v6High: address.high | 1 << UInt64(63 - block.length), low: 0)
  }

  mutating func address(in network: AddressTable.Network) -> IPAddress {
    let address = network.address
    return address.family == .v4
      ? IPAddress(v4: UInt32(address.low | next() >> 32 & UInt64(UInt32.max) >> UInt64(network.length)))
      : IPAddress(v6High: address.high | next() & UInt64.max >> UInt64(network.length), low: next())
  }
}
