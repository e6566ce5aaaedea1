/// What a pool answers, turn by turn, as the data plane reads it; or what it answers to each class of clients.
///
/// | offset | octets | what |
/// |---|---|---|
/// | 0 | 4 | octets of the whole |
/// | 4 | 4 | turns; 0: NODATA |
/// | 8 | 1 | how a turn is picked, a `Picking` |
/// | 9 | 1 | octets of a turn: 1, or 2 where there are more than 256 answers |
/// | 10 | 2 | octets of an RRset, all being as long as the longest |
/// | 12 | 4 | where the RRsets begin |
/// | 16 | 4 | TTL of the answers, or the most that NODATA may have |
/// | 20 | 1 | octets of a member's number: 1, or 2 where there are more than 256 members |
/// | 24 | 4 | where the turns begin |
/// | 28 | 1 or 2 each | answers: numbers of the members that come first |
/// | then | 1 or 2 each | turns: numbers of answers |
/// | at a multiple of 32 | | answers: RRsets |
///
/// The order is for the cache: of small pools all before the RRsets is on one line, but for many turns, and an RRset of
/// one A record, which takes 32 octets, on another.
///
/// By classes of clients:
///
/// | offset | octets | what |
/// |---|---|---|
/// | 0 | 4 | octets of the whole |
/// | 4 | 4 | classes, 1 at least |
/// | 8 | 1 | `byClass` |
/// | 12 | 4 | where the places of schedules begin, 4 octets each |
/// | 16 | 2 each | for each class: the number of its schedule |
/// | at multiples of 64 | | schedules as above |
public struct ScheduleView: Sendable {
  /// How a turn is picked.
  public enum Picking: UInt8, Sendable {
    /// One after the other.
    case cycle = 0
    /// At random.
    case random = 1
    /// By the client's network.
    case clientHash = 2
    /// By the query's name.
    case nameHash = 3
    /// Each class of clients has a schedule.
    case byClass = 4
  }

  @usableFromInline let arena: ArenaView
  /// As many schedules of a pool have counters of their own; of more, some share them.
  @inlinable public static var turnCounters: Int { 64 }

  /// Targets are answered to queries of all types. Clients ask for A and AAAA in pairs: with turns in common, each of
  /// two targets might be answered to one of the types alone. So these two have turns of their own, and the others.
  @inlinable public static var turnKinds: Int { 3 }

  @inlinable static var classesOffset: Int { 16 }
  @inlinable static var membersOffset: Int { 28 }

  @inlinable
  init(_ arena: ArenaView) {
    self.arena = arena
  }

  @inlinable public var turnCount: Int { Int(arena.uint32(at: 4)) }
  @inlinable @inline(__always)
  public var picking: Picking { Picking(rawValue: arena.octet(at: 8)) ?? .cycle }

  /// Of the answers, in seconds; of NODATA, for how long it may be kept at most.
  @inlinable public var ttl: UInt32 { arena.uint32(at: 16) }

  /// The schedule of a class of clients, and which of the pool's counters counts its turns. Of a class that is not
  /// known it is that of the first.
  @inlinable @inline(__always) @_noAllocation @_noLocks
  public func schedule(ofClass number: Int) -> (schedule: ScheduleView, counter: Int) {
    let known = number < Int(arena.uint32(at: 4)) ? number : 0
    let schedule = Int(arena.uint16(at: ScheduleView.classesOffset &+ known &* 2))
    let place = Int(arena.uint32(at: Int(arena.uint32(at: 12)) &+ schedule &* 4))
    let part = arena.part(from: place, count: Int(arena.uint32(at: place)))
    return (ScheduleView(part), schedule & (ScheduleView.turnCounters &- 1))
  }

  /// What is answered at a turn, and which of the pool's members comes first. `turn` is 0..<turnCount.
  @inlinable @inline(__always) @_noAllocation @_noLocks
  public func answer(at turn: Int) -> (rrset: RRsetView, firstMember: Int) {
    let answer = number(turn, ofTable: Int(arena.uint32(at: 24)), size: Int(arena.octet(at: 9)))
    let member = number(answer, ofTable: ScheduleView.membersOffset, size: Int(arena.octet(at: 20)))
    let rrset = Int(arena.uint32(at: 12)) &+ answer &* Int(arena.uint16(at: 10))
    return (RRsetView(arena, at: rrset), member)
  }

  /// Has what leads from a turn to its answer fetched. `turn` is 0..<turnCount.
  @_noAllocation @_noLocks
  public func prefetchTurn(_ turn: Int) {
    arena.prefetch(at: Int(arena.uint32(at: 24)) &+ turn &* Int(arena.octet(at: 9)))
  }

  /// Has what is answered at a turn fetched. `turn` is 0..<turnCount.
  @_noAllocation @_noLocks
  public func prefetchAnswer(at turn: Int) {
    let answer = number(turn, ofTable: Int(arena.uint32(at: 24)), size: Int(arena.octet(at: 9)))
    let size = Int(arena.uint16(at: 10))
    let rrset = Int(arena.uint32(at: 12)) &+ answer &* size
    arena.prefetch(at: rrset)
    arena.prefetch(at: rrset &+ size &- 1)
  }

  @inlinable @inline(__always) @_noAllocation @_noLocks
  func number(_ index: Int, ofTable table: Int, size: Int) -> Int {
    size == 1 ? Int(arena.octet(at: table &+ index)) : Int(arena.uint16(at: table &+ index &* 2))
  }
}
