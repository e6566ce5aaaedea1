public import DNSWire
internal import Zones

/// Values by address, as the data plane reads them: for each family a multibit trie with strides of six bits, whose
/// nodes are compressed by counting bits (Asai, Ohara, "Poptrie", 2015).
///
/// The leaves are prefixes, as short as they can be: each address of a leaf has the same value, and no shorter prefix
/// of its address would be like that. A leaf in the arena is its length in the lower 8 bits and its value in the upper
/// 24. Nodes have 20 octets; the IPv4 root stands at 0, the IPv6 root behind it.
///
/// | offset | octets | what |
/// |---|---|---|
/// | 0 | 8 | for each of the 64 next six bits: 1: they lead to a child |
/// | 8 | 8 | for each: 1: the first that a leaf stands for |
/// | 16 | 4 | where the children begin, in the order of their bits; the leaves end there, in reverse order, 4 octets each |
public struct PrefixTreeView: Sendable {
  /// What is known of an address.
  public struct Leaf: Equatable, Sendable {
    public let value: Int
    /// How many bits of the address the value depends on: 0...32 or 0...128.
    public let length: Int
  }

  static var stride: Int { 6 }
  static var nodeSize: Int { 20 }

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
    return leaf(below: PrefixTreeView.nodeSize, high, low)
  }

  // The uppermost bits are those to look at next.
  @inline(__always)
  private func leaf(below root: Int, _ high: UInt64, _ low: UInt64) -> Leaf {
    var (node, high, low) = (root, high, low)
    while true {
      let slot = high >> 58
      let upTo: UInt64 = (2 << slot) &- 1
      let children = arena.uint64(at: node)
      let block = Int(arena.uint32(at: node &+ 16))
      if children >> slot & 1 == 0 {
        let rank = (arena.uint64(at: node &+ 8) & upTo).nonzeroBitCount
        let leaf = arena.uint32(at: block &- rank &* 4)
        return Leaf(value: Int(leaf >> 8), length: Int(leaf & 0xff))
      }
      node = block &+ (children & upTo >> 1).nonzeroBitCount &* PrefixTreeView.nodeSize
      high = high << 6 | low >> 58
      low <<= 6
    }
  }
}
