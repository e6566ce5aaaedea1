public import DNSWire
internal import Zones

/// Values by address, as the data plane reads them: for each family a multibit trie with strides of six bits, whose
/// nodes are compressed by counting bits (after Asai, Ohara, "Poptrie", 2015).
///
/// The leaves are prefixes, as short as they can be: each address of a leaf has the same value, and no shorter prefix
/// of its address would be like that. The roots are tables for the first bits of addresses. The arena begins with
///
/// | offset | octets | what |
/// |---|---|---|
/// | 0 | 4 | where the IPv4 root is |
/// | 4 | 4 | how many bits it is for |
/// | 8 | 8 | the same of the IPv6 root: entries, one for each value of the bits |
///
/// An entry is a leaf's value, shifted by 8, and its length; or, with the highest bit, half the place of a node:
///
/// | offset | octets | what |
/// |---|---|---|
/// | 0 | 8 | for each value of the next six bits: 1: an entry begins there |
/// | 8 | 4 each | those entries |
public struct PrefixTreeView: Sendable {
  /// What is known of an address.
  public struct Leaf: Equatable, Sendable {
    public let value: Int
    /// How many bits of the address the value depends on: 0...32 or 0...128.
    public let length: Int
  }

  static var isNode: UInt32 { 1 << 31 }

  private let arena: ArenaView

  init(_ arena: ArenaView) {
    self.arena = arena
  }

  /// The leaf of an address.
  @_noAllocation @_noLocks
  public func leaf(of address: IPAddress) -> Leaf {
    address.family == .v4
      ? leaf(below: 0, address.low << 32, 0) : leaf(v6High: address.high, low: address.low)
  }

  /// The leaf of an IPv6 address; of one that stands for an IPv4 address (IPv4-mapped, or a translator's), that one's.
  @_noAllocation @_noLocks
  public func leaf(v6High high: UInt64, low: UInt64) -> Leaf {
    let plain = IPAddress(v6High: high, low: low).untranslated
    if plain.family == .v4 {
      let leaf = leaf(below: 0, plain.low << 32, 0)
      // Where all IPv4 addresses are alike, a leaf of the IPv6 tree may hold them and more.
      if leaf.length > 0 { return Leaf(value: leaf.value, length: 96 &+ leaf.length) }
    }
    return leaf(below: 8, high, low)
  }

  // The uppermost bits are those to look at next.
  @inline(__always)
  private func leaf(below root: Int, _ high: UInt64, _ low: UInt64) -> Leaf {
    let table = Int(arena.uint32(at: root))
    let bits = UInt64(arena.uint32(at: root &+ 4))
    var entry = arena.uint32(at: table &+ Int(high >> (64 &- bits)) &* 4)
    var high = high << bits | low >> (64 &- bits)
    var low = low << bits
    while entry >= PrefixTreeView.isNode {
      let node = Int(entry &- PrefixTreeView.isNode) &* 2
      let upTo: UInt64 = (2 << (high >> 58)) &- 1
      let rank = (arena.uint64(at: node) & upTo).nonzeroBitCount
      entry = arena.uint32(at: node &+ 4 &+ rank &* 4)
      high = high << 6 | low >> 58
      low <<= 6
    }
    return Leaf(value: Int(entry >> 8), length: Int(entry & 0xff))
  }
}
