/// A hash table from names to nodes of a `ZoneBuilder`: open addressing, at most half full.
struct NodeIndex: ~Copyable {
  // Of each slot the lower half is node + 1, or 0 where it is free; the upper half is the tag.
  private var slots: ArenaBuilder
  private var slotCount = 64
  private var count = 0

  private static var slotSize: Int { 8 }

  init() { slots = Self.freeSlots(slotCount) }

  // The upper half of the hash: a name's last octets may leave the lower bits as they are.
  func slot(of hash: UInt64) -> Int {
    Int(truncatingIfNeeded: ((hash >> 32) &* UInt64(truncatingIfNeeded: slotCount)) >> 32)
  }

  func slot(after slot: Int) -> Int {
    slot + 1 == slotCount ? 0 : slot + 1
  }

  /// What tells most names apart that have the same slot.
  static func tag(of hash: UInt64) -> UInt32 { UInt32(truncatingIfNeeded: hash) }

  /// The node in a slot, and its name's tag; nil where it is free, which ends a search.
  func entry(at slot: Int) -> (node: Int, tag: UInt32)? {
    let entry = slots.uint64(at: slot * Self.slotSize)
    return entry == 0 ? nil : (Int(UInt32(truncatingIfNeeded: entry)) - 1, UInt32(entry >> 32))
  }

  /// Has the slot fetched where the search for a name of this hash begins.
  func prefetch(_ hash: UInt64) {
    slots.prefetch(at: slot(of: hash) * Self.slotSize)
  }

  mutating func insert(_ node: Int, _ nodes: [ZoneBuilder.Node]) {
    count += 1
    if count * 2 > slotCount {
      slotCount *= 2
      slots = Self.freeSlots(slotCount)
      for other in 0..<node { place(other, hash: nodes[other].hash) }
    }
    place(node, hash: nodes[node].hash)
  }

  private mutating func place(_ node: Int, hash: UInt64) {
    var slot = self.slot(of: hash)
    while slots.uint64(at: slot * Self.slotSize) != 0 { slot = self.slot(after: slot) }
    slots.store(uint64: UInt64(Self.tag(of: hash)) << 32 | UInt64(node + 1), at: slot * Self.slotSize)
  }

  private static func freeSlots(_ count: Int) -> ArenaBuilder {
    var slots = ArenaBuilder(capacity: count * slotSize)
    slots.append(zeros: count * slotSize)
    return slots
  }
}
