import DNSWire
import Zones

/// While one query is answered, memory is fetched that others of its batch will need. Of zones that no cache holds, most
/// of an answer's time would go into waiting for it.
extension Answerer {
  /// Queries of a batch that can be foreseen.
  static var foresight: Int { 64 }

  /// Whether it pays to call `foresee(_:at:)` and `foreseeNode(at:)` for all queries of a batch before they are answered.
  public var wantsForesight: Bool {
    @_noAllocation @_noLocks
    get { snapshot?.isLarge ?? false }
  }

  /// Has the slot fetched where the search for a query's name begins.
  ///
  /// - Parameter index: of the query in its batch; from 64 on nothing is done.
  @_noAllocation @_noLocks
  public mutating func foresee(_ message: RawSpan, at index: Int) {
    guard let snapshot, index < Self.foresight else { return }
    foreseen.store(uint64: Self.unforeseen, at: index &* 16)
    guard message.byteCount >= 12, target.load(from: message, at: 12) != nil,
      let found = snapshot.zone(enclosing: target, suffix: target.labelCount), found.entry.state == .loaded
    else { return }
    let hash = target.hash(ofSuffix: target.labelCount)
    found.entry.zone.prefetchSlot(of: hash)
    foreseen.store(uint64: UInt64(truncatingIfNeeded: snapshot.number(of: found.entry)), at: index &* 16)
    foreseen.store(uint64: hash, at: index &* 16 &+ 8)
  }

  /// Has the node of that name fetched, by when the slot should be there.
  @_noAllocation @_noLocks
  public mutating func foreseeNode(at index: Int) {
    guard let entry = foreseenEntry(at: index) else { return }
    entry.zone.prefetchNode(of: foreseen.uint64(at: index &* 16 &+ 8))
  }

  /// The entry of the zone that a query's name is in; nil: nothing is foreseen.
  @inline(__always)
  func foreseenEntry(at index: Int) -> ZoneEntry? {
    guard let snapshot, index < Self.foresight else { return nil }
    let number = foreseen.uint64(at: index &* 16)
    return number == Self.unforeseen ? nil : snapshot.entry(Int(truncatingIfNeeded: number))
  }

  private static var unforeseen: UInt64 { .max }
}
