internal import Zones

/// Lays a tree out as `PrefixTreeView` describes, in one pass over the leaves in the order of addresses: a node is
/// written when all below it are.
struct PrefixTreeBuilder: ~Copyable {
  private var arena: ArenaBuilder
  private var roots = 0
  // Entries of what is not yet written, the innermost node's last.
  private var entries: [UInt32] = []

  /// - Parameter capacity: octets that the tree may need.
  init(capacity: Int) {
    arena = ArenaBuilder(capacity: capacity)
    arena.append(zeros: 16)
  }

  /// Adds a family: IPv4 first.
  mutating func addRoot<Key>(of runs: AddressRuns<Key>) {
    let bits = Self.rootBits(runs.starts.count)
    var leaves = PrefixLeaves(runs)
    var slot = 0
    while slot < 1 << bits {
      let (entry, slots) = next(&leaves, end: bits)
      entries += repeatElement(entry, count: slots)
      slot += slots
    }
    arena.store(uint32: UInt32(arena.count), at: roots * 8)
    arena.store(uint32: UInt32(bits), at: roots * 8 + 4)
    write(from: 0)
    roots += 1
  }

  /// - Returns: nil where there was no room.
  consuming func finish() -> Arena? {
    arena.isFull ? nil : arena.finish()
  }

  // Large enough that a look-up has few nodes to pass, and small against the nodes.
  private static func rootBits(_ runs: Int) -> Int {
    runs < 1 << 8 ? 6 : runs < 1 << 16 ? 12 : 18
  }

  // The entry of the next leaf or node, and how many of the values of the bits before `end` it is for.
  private mutating func next<Key>(
    _ leaves: inout PrefixLeaves<Key>, end: Int
  ) -> (entry: UInt32, slots: Int) {
    guard leaves.length <= end else { return (addNode(&leaves, depth: end), 1) }
    precondition(leaves.value <= PrefixTree.valueLimit)
    defer { leaves.advance() }
    return (leaves.value << 8 | UInt32(leaves.length), 1 << (end - leaves.length))
  }

  // Writes the node whose leaves come next, at `depth` bits, and all below it.
  private mutating func addNode<Key>(_ leaves: inout PrefixLeaves<Key>, depth: Int) -> UInt32 {
    let first = entries.count
    var begins: UInt64 = 0
    var slot = 0
    while slot < 64 {
      let (entry, slots) = next(&leaves, end: depth + 6)
      entries.append(entry)
      begins |= 1 << UInt64(slot)
      slot += slots
    }
    let place = arena.count
    arena.append(uint64: begins)
    write(from: first)
    return PrefixTreeView.isNode | UInt32(truncatingIfNeeded: place / 2)
  }

  private mutating func write(from first: Int) {
    for entry in entries[first...] { arena.append(uint32: entry) }
    entries.removeSubrange(first...)
  }
}
