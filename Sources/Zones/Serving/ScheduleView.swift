/// What a pool answers, turn by turn, as the data plane reads it.
///
/// | offset | octets | what |
/// |---|---|---|
/// | 0 | 4 | octets of the whole |
/// | 4 | 4 | turns; 0: NODATA |
/// | 8 | 1 | how a turn is picked, a `Picking` |
/// | 9 | 1 | octets of a turn: 1, or 2 where there are more than 256 answers |
/// | 10 | 2 | octets of an answer, all being as long as the longest |
/// | 12 | 4 | where the answers begin |
/// | 16 | 4 | TTL of the answers, or the most that NODATA may have |
/// | 20 | 1 or 2 each | turns: numbers of answers |
/// | then | | answers: the number of the member that comes first, in 4 octets; the RRset |
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
  }

  @usableFromInline let arena: ArenaView
  @inlinable static var turnsOffset: Int { 20 }
  @inlinable static var memberSize: Int { 4 }

  @inlinable
  init(_ arena: ArenaView) {
    self.arena = arena
  }

  @inlinable public var turnCount: Int { Int(arena.uint32(at: 4)) }
  @inlinable public var picking: Picking { Picking(rawValue: arena.octet(at: 8)) ?? .cycle }

  /// Of the answers, in seconds; of NODATA, for how long it may be kept at most.
  @inlinable public var ttl: UInt32 { arena.uint32(at: 16) }

  /// What is answered at a turn, and which of the pool's members comes first. `turn` is 0..<turnCount.
  @inlinable @_noAllocation @_noLocks
  public func answer(at turn: Int) -> (rrset: RRsetView, firstMember: Int) {
    let turns = ScheduleView.turnsOffset
    let number =
      arena.octet(at: 9) == 1
      ? Int(arena.octet(at: turns &+ turn)) : Int(arena.uint16(at: turns &+ turn &* 2))
    let answer = Int(arena.uint32(at: 12)) &+ number &* Int(arena.uint16(at: 10))
    return (RRsetView(arena, at: answer &+ ScheduleView.memberSize), Int(arena.uint32(at: answer)))
  }
}
