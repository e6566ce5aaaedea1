public import DNSWire
import Zones

/// Before queries are answered, the memory is fetched that their answers will need. Of zones that no cache holds, most of
/// an answer's time would go into waiting for it: each place leads to the next one. So a step is taken for a number of
/// queries, and the next one when what it needs should be there.
///
/// What is foreseen is a guess, which no answer depends on. Of each query two words are kept: the number of the snapshot's
/// entry that its name is in, with the type asked for in the lowest 16 bits; and how far its answer has been followed: the
/// name's hash, then its node, its pool, and the pool with the turn. So what is there for queries that are answered next
/// is called in this order, each but once: `foresee(_:at:)`, `foreseeNodes(_:)`, `foreseePools(_:)`,
/// `foreseeTurn(at:from:)`, `foreseeChoices(_:)`.
extension Answerer {
  /// Queries that can be foreseen at a time. Of many more, what was fetched first would be driven out of the cache again.
  public static var foresight: Int {
    @_noAllocation @_noLocks
    get { 16 }
  }

  /// Whether it pays to call `foresee(_:at:)` for the queries that are answered next, then `foreseeNodes(_:)`.
  public var wantsForesight: Bool {
    @_noAllocation @_noLocks
    get { snapshot?.isLarge ?? false }
  }

  /// Has the slots fetched where the search for a query's name begins.
  ///
  /// - Parameter index: of the query among those foreseen together; from `foresight` on nothing is done.
  /// - Returns: whether it pays: the name is in a zone that no cache holds.
  @_noAllocation @_noLocks
  public mutating func foresee(_ message: RawSpan, at index: Int) -> Bool {
    guard let snapshot, index < Self.foresight else { return false }
    forget(index)
    guard message.byteCount >= 12, let end = target.load(from: message, at: 12),
      end &+ 2 <= message.byteCount,
      let found = snapshot.zone(enclosing: target, suffix: target.labelCount), found.entry.isForeseen
    else { return false }
    let hash = target.hash(ofSuffix: target.labelCount)
    found.entry.zone.prefetchSlots(of: hash)
    let number = UInt64(truncatingIfNeeded: snapshot.number(of: found.entry))
    foreseen.store(uint64: number &<< 16 | UInt64(message.uint16(at: end)), at: index &* 16)
    foreseen.store(uint64: hash, at: index &* 16 &+ 8)
    return true
  }

  /// Has the nodes fetched, for the first `count` queries that were foreseen.
  ///
  /// - Returns: whether pools may answer them, for which `foreseePools(_:)` is there.
  @_noAllocation @_noLocks
  public mutating func foreseeNodes(_ count: Int) -> Bool {
    var mayBePools = false
    var index = 0
    while index < count {
      if foreseeNode(at: index) { mayBePools = true }
      index &+= 1
    }
    return mayBePools
  }

  /// Has the schedules of pools fetched, for the first `count` queries that were foreseen.
  ///
  /// - Returns: whether there are any: then `foreseeTurn(at:from:)` is there for each query, and after that
  ///   `foreseeChoices(_:)`.
  @_noAllocation @_noLocks
  public mutating func foreseePools(_ count: Int) -> Bool {
    var arePools = false
    var index = 0
    while index < count {
      if foreseePool(at: index) { arePools = true }
      index &+= 1
    }
    if !arePools { return false }
    index = 0
    while index < count {
      foreseeSchedule(at: index)
      index &+= 1
    }
    ahead = random
    return true
  }

  /// Has what leads to the answer of a pool fetched. Call it in the order in which the queries are answered.
  ///
  /// The turn is as it is now, though another query may come first, and that of queries for A, though targets have turns
  /// by type; or by the random number that is to come, unless a query that is not foreseen takes it; or by who sent the
  /// query, though it may be for another client. Turns by name or class are not followed.
  @_noAllocation @_noLocks
  public mutating func foreseeTurn(at index: Int, from client: IPAddress) {
    guard let entry = foreseenEntry(at: index) else { return }
    let pool = step(at: index)
    guard let (schedule, members) = entry.pools.pool(pool), schedule.turnCount > 0 else {
      forget(index)
      return
    }
    let count = schedule.turnCount
    let turn: Int
    switch schedule.picking {
    case .cycle: turn = entry.poolCounters.turn(worker: worker, pool: members &- 1, of: count)
    case .random: turn = ahead.next(below: count)
    case .clientHash: turn = StickyHash.turn(of: StickyHash.key(of: client.untranslated), among: count)
    case .nameHash, .byClass:
      forget(index)
      return
    }
    schedule.prefetchTurn(turn)
    keep(pool &<< 32 | turn, at: index)
  }

  /// Has the answers of pools fetched, for the first `count` queries that were foreseen.
  @_noAllocation @_noLocks
  public func foreseeChoices(_ count: Int) {
    var index = 0
    while index < count {
      if let (schedule, turn) = foreseenTurn(at: index) { schedule.prefetchAnswer(at: turn) }
      index &+= 1
    }
  }

  /// The entry of the zone that a query's name is in; nil: nothing more of its answer is foreseen.
  @inline(__always)
  func foreseenEntry(at index: Int) -> ZoneEntry? {
    guard let snapshot, index < Self.foresight else { return nil }
    let word = foreseen.uint64(at: index &* 16)
    return word == Self.unforeseen ? nil : snapshot.entry(Int(truncatingIfNeeded: word &>> 16))
  }

  /// The turn of its pool that a query should have; nil: none is foreseen.
  @inline(__always)
  func foreseenTurn(at index: Int) -> (schedule: ScheduleView, turn: Int)? {
    guard let entry = foreseenEntry(at: index) else { return nil }
    let step = step(at: index)
    guard let (schedule, _) = entry.pools.pool(step &>> 32) else { return nil }
    let turn = step & 0xffff_ffff
    // It may be another schedule than a moment ago. One by class, which has no turns of its own, it cannot have become:
    // `PoolTable.exchange` wants as many counters as before.
    return turn < schedule.turnCount ? (schedule, turn) : nil
  }

  // From the slot to the node. Where there are few pools, which are always in the cache, it is left at that. Returns
  // whether to go on.
  @inline(__always)
  private mutating func foreseeNode(at index: Int) -> Bool {
    guard let snapshot, let entry = foreseenEntry(at: index) else { return false }
    let hash = foreseen.uint64(at: index &* 16 &+ 8)
    if let node = entry.zone.prefetchNode(of: hash), snapshot.hasManyPools {
      keep(node, at: index)
      return true
    }
    forget(index)
    return false
  }

  // From the node to the pool. Returns whether it has one.
  @inline(__always)
  private mutating func foreseePool(at index: Int) -> Bool {
    guard let entry = foreseenEntry(at: index) else { return false }
    let type = RRType(rawValue: UInt16(truncatingIfNeeded: foreseen.uint64(at: index &* 16)))
    guard let pool = entry.zone.pool(of: type, atNode: step(at: index)) else {
      forget(index)
      return false
    }
    entry.pools.prefetch(pool)
    keep(pool, at: index)
    return true
  }

  // From the pool to its schedule and counters.
  @inline(__always)
  private func foreseeSchedule(at index: Int) {
    guard let entry = foreseenEntry(at: index) else { return }
    entry.pools.prefetchSchedule(of: step(at: index), entry.poolCounters, worker: worker)
  }

  @inline(__always)
  private func step(at index: Int) -> Int {
    Int(truncatingIfNeeded: foreseen.uint64(at: index &* 16 &+ 8))
  }

  @inline(__always)
  private mutating func keep(_ step: Int, at index: Int) {
    foreseen.store(uint64: UInt64(truncatingIfNeeded: step), at: index &* 16 &+ 8)
  }

  @inline(__always)
  private mutating func forget(_ index: Int) {
    foreseen.store(uint64: Self.unforeseen, at: index &* 16)
  }

  private static var unforeseen: UInt64 { .max }
}
