public import DNSWire

/// A compiled zone as the data plane reads it.
///
/// The arena: a header, a hash table of nodes, then nodes and RRsets in any order. There is a node for
/// every name at or above a record, empty non-terminals included, so that the closest encloser is found
/// by looking up ever shorter suffixes.
///
/// | offset | octets | what; where there are several numbers, from the lowest bits on |
/// |---|---|---|
/// | 0 | 8 | slots of the hash table (32 bits), apex node (32) |
/// | 8 | 8 | RRset of negative answers' SOA (32 bits, RFC 2308 §3), labels of the deepest name (8), ... |
/// | | | ... labels of the apex (8), octets of the apex (8) |
/// | 16 | 8 each | slots: upper half of the name's hash, node; node 0: free |
public struct ZoneView: Sendable {
  @usableFromInline let arena: ArenaView
  // The header: a copy is at hand where the arena's first octets would have to be fetched.
  @usableFromInline let places: UInt64
  @usableFromInline let form: UInt64

  /// Octets before the hash table.
  @inlinable package static var headerSize: Int { 16 }
  @inlinable static var slotSize: Int { 8 }
  /// How far before a node its last RRset begins where that is of one A record.
  private static var rrsetReach: Int { 32 }
  /// Slots looked at for a node that is foreseen, as `prefetchNode` spells out: 19 of 20 names are found in them.
  private static var slotsForeseen: UInt32 { 4 }

  @inlinable
  public init(_ arena: ArenaView) {
    self.arena = arena
    places = arena.uint64(at: 0)
    form = arena.uint64(at: 8)
  }

  /// Octets of the zone.
  public var size: Int { arena.count }
  @inlinable public var slotCount: UInt32 { UInt32(truncatingIfNeeded: places) }
  @inlinable public var apex: NodeView { NodeView(arena, at: Int(places &>> 32)) }
  @inlinable public var negativeSOA: RRsetView { RRsetView(arena, at: Int(UInt32(truncatingIfNeeded: form))) }
  /// Labels of the deepest name: a longer name cannot be in the zone.
  @inlinable public var maximumLabels: Int { Int(UInt8(truncatingIfNeeded: form &>> 32)) }
  @inlinable public var apexLabels: Int { Int(UInt8(truncatingIfNeeded: form &>> 40)) }
  /// Octets of the apex name, 1...255.
  @inlinable public var apexLength: Int { Int(UInt8(truncatingIfNeeded: form &>> 48)) }

  /// The node whose name is the suffix of `labels` labels of `name`, which must lie in this zone.
  @inlinable @_noAllocation @_noLocks
  public func node(for name: borrowing NameBuffer, suffix labels: Int) -> NodeView? {
    let hash = name.hash(ofSuffix: labels)
    let slots = slotCount
    var slot = ZoneView.slot(of: hash, among: slots)
    let tag = UInt32(truncatingIfNeeded: hash)
    while true {
      let entry = arena.uint64(at: place(ofSlot: slot))
      let node = UInt32(truncatingIfNeeded: entry >> 32)
      if node == 0 { return nil }
      if UInt32(truncatingIfNeeded: entry) == tag {
        let view = NodeView(arena, at: Int(node))
        if view.isNamed(name, from: name.offset(ofSuffix: labels), apexLength: apexLength) { return view }
      }
      slot &+= 1
      if slot == slots { slot = 0 }
    }
  }

  /// Has the slots fetched where the search for a name of this hash begins.
  @_noAllocation @_noLocks
  public func prefetchSlots(of hash: UInt64) {
    let first = place(ofSlot: firstSlotForeseen(of: hash))
    arena.prefetch(at: first)
    arena.prefetch(at: first &+ Int(ZoneView.slotsForeseen &- 1) &* ZoneView.slotSize)
  }

  /// Has the node fetched that is found in one of these slots, and the RRset before it, which is its last.
  ///
  /// Which of the slots it is nobody can tell before, the processor neither. So there is no branch on it.
  ///
  /// - Returns: the node's place, for `pool(of:atNode:)`; nil where there is none, or the zone has too few slots.
  @_noAllocation @_noLocks
  public func prefetchNode(of hash: UInt64) -> Int? {
    guard slotCount >= ZoneView.slotsForeseen else { return nil }
    let tag = UInt32(truncatingIfNeeded: hash)
    let first = place(ofSlot: firstSlotForeseen(of: hash))
    var node = node(ifTagged: tag, at: first &+ 3 &* ZoneView.slotSize, else: 0)
    node = self.node(ifTagged: tag, at: first &+ 2 &* ZoneView.slotSize, else: node)
    node = self.node(ifTagged: tag, at: first &+ ZoneView.slotSize, else: node)
    node = self.node(ifTagged: tag, at: first, else: node)
    arena.prefetch(at: node)
    arena.prefetch(at: node &- ZoneView.rrsetReach)
    return node == 0 ? nil : node
  }

  // The slots before the last ones have room for all behind them.
  @inline(__always)
  private func firstSlotForeseen(of hash: UInt64) -> UInt32 {
    min(ZoneView.slot(of: hash, among: slotCount), slotCount &- ZoneView.slotsForeseen)
  }

  @inline(__always)
  private func node(ifTagged tag: UInt32, at place: Int, else other: Int) -> Int {
    let entry = arena.uint64(at: place)
    return UInt32(truncatingIfNeeded: entry) == tag ? Int(entry >> 32) : other
  }

  /// The pool among a node's RRsets that queries of a type are answered from, or their CNAME; nil where that is no pool.
  @_noAllocation @_noLocks
  public func pool(of type: RRType, atNode place: Int) -> Int? {
    let node = NodeView(arena, at: place)
    guard let rrset = node.rrset(of: node.flags.contains(.cname) ? .cname : type), rrset.isPool else {
      return nil
    }
    return rrset.pool
  }

  /// The node of the longest suffix of `name` that has one: that of the name itself, or its closest encloser's
  /// (RFC 4592 §3.3.1), and how many labels it has. `name` must lie in this zone.
  public func closestNode(to name: borrowing NameBuffer) -> (node: NodeView, labels: Int) {
    var labels = name.labelCount
    while labels > apexLabels {
      if let node = node(for: name, suffix: labels) { return (node, labels) }
      labels -= 1
    }
    return (apex, apexLabels)
  }

  @inlinable @inline(__always)
  func place(ofSlot slot: UInt32) -> Int { ZoneView.headerSize &+ Int(slot) &* ZoneView.slotSize }

  // The upper half of the hash picks the slot, the lower half is the tag.
  @inlinable @inline(__always)
  static func slot(of hash: UInt64, among slots: UInt32) -> UInt32 {
    UInt32(truncatingIfNeeded: ((hash >> 32) &* UInt64(slots)) >> 32)
  }
}
