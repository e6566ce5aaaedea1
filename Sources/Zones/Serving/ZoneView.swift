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

  /// Has the slot fetched where the search for a name of this hash begins.
  @_noAllocation @_noLocks
  public func prefetchSlot(of hash: UInt64) {
    arena.prefetch(at: place(ofSlot: ZoneView.slot(of: hash, among: slotCount)))
  }

  /// Has the node fetched that is first found for this hash, and the RRset before it, which is its last.
  @_noAllocation @_noLocks
  public func prefetchNode(of hash: UInt64) {
    let entry = arena.uint64(at: place(ofSlot: ZoneView.slot(of: hash, among: slotCount)))
    guard UInt32(truncatingIfNeeded: entry) == UInt32(truncatingIfNeeded: hash) else { return }
    let node = Int(entry >> 32)
    arena.prefetch(at: node)
    arena.prefetch(at: node &- ZoneView.rrsetReach)
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
