/// A hash table from names to nodes of a `ZoneBuilder`: open addressing, at most half full.
struct NodeIndex {
  // Node + 1; 0: free.
  private var slots: [UInt32] = Array(repeating: 0, count: 64)
  private var count = 0

  // The upper half of the hash: a name's last octets may leave the lower bits as they are.
  func slot(of hash: UInt64) -> Int {
    Int(truncatingIfNeeded: ((hash >> 32) &* UInt64(truncatingIfNeeded: slots.count)) >> 32)
  }

  func slot(after slot: Int) -> Int {
    slot + 1 == slots.count ? 0 : slot + 1
  }

  /// The node in a slot; nil where it is free, which ends a search.
  func node(at slot: Int) -> Int? {
    slots[slot] == 0 ? nil : Int(slots[slot]) - 1
  }

  mutating func insert(_ node: Int, _ nodes: [ZoneBuilder.Node]) {
    count += 1
    if count * 2 > slots.count {
      slots = Array(repeating: 0, count: slots.count * 4)
      for other in 0..<node { place(other, hash: nodes[other].hash) }
    }
    place(node, hash: nodes[node].hash)
  }

  private mutating func place(_ node: Int, hash: UInt64) {
    var slot = self.slot(of: hash)
    while slots[slot] != 0 { slot = self.slot(after: slot) }
    slots[slot] = UInt32(node + 1)
  }
}
