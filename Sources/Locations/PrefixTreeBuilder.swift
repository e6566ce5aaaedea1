internal import Zones

/// Lays a tree out as `PrefixTreeView` describes, in one pass over the leaves in the order of addresses: a node is
/// written when all below it are.
struct PrefixTreeBuilder: ~Copyable {
  private struct Node {
    var children: UInt64 = 0
    var leaves: UInt64 = 0
    var block: UInt32 = 0
  }

  private var arena: ArenaBuilder
  private var roots = 0
  // Nodes and leaves that belong to nodes not yet written, the innermost last.
  private var nodes: [Node] = []
  private var leaves: [UInt32] = []

  /// - Parameter capacity: octets that the tree may need.
  init(capacity: Int) {
    arena = ArenaBuilder(capacity: capacity)
    arena.append(zeros: 2 * PrefixTreeView.nodeSize)
  }

  /// Adds a family: IPv4 first.
  mutating func addRoot<Key>(of runs: AddressRuns<Key>) {
    var source = PrefixLeaves(runs)
    let node = add(&source, depth: 0)
    let place = roots * PrefixTreeView.nodeSize
    arena.store(uint64: node.children, at: place)
    arena.store(uint64: node.leaves, at: place + 8)
    arena.store(uint32: node.block, at: place + 16)
    roots += 1
  }

  /// - Returns: nil where there was no room.
  consuming func finish() -> Arena? {
    arena.isFull ? nil : arena.finish()
  }

  // The node whose leaves come next, at `depth` bits; what belongs to it is written.
  private mutating func add<Key>(_ source: inout PrefixLeaves<Key>, depth: Int) -> Node {
    let end = depth + PrefixTreeView.stride
    let firstNode = nodes.count
    let firstLeaf = leaves.count
    var node = Node()
    var slot = 0
    while slot < 64 {
      if source.length > end {
        node.children |= 1 << UInt64(slot)
        nodes.append(add(&source, depth: end))
        slot += 1
      } else {
        precondition(source.value <= PrefixTree.valueLimit)
        node.leaves |= 1 << UInt64(slot)
        leaves.append(source.value << 8 | UInt32(source.length))
        slot += 1 << (end - source.length)
        source.advance()
      }
    }
    for leaf in leaves[firstLeaf...].reversed() { arena.append(uint32: leaf) }
    node.block = UInt32(truncatingIfNeeded: arena.count)
    for child in nodes[firstNode...] {
      arena.append(uint64: child.children)
      arena.append(uint64: child.leaves)
      arena.append(uint32: child.block)
    }
    nodes.removeSubrange(firstNode...)
    leaves.removeSubrange(firstLeaf...)
    return node
  }
}
