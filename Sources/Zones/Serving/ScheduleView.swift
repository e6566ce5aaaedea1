/// What a pool answers, turn by turn, as the data plane reads it.
///
/// | offset | octets | what |
/// |---|---|---|
/// | 0 | 4 | octets of the whole |
/// | 4 | 4 | turns; 0: NODATA |
/// | 8 | 1 | how a turn is picked, a `Picking` |
/// | 12 | 4 | where the turns begin |
/// | 16 | 4 | the zone's rotation that counts turns |
/// | 20 | 4 | TTL of the answers, or the most that NODATA may have |
/// | 24 | 8 each | answers: where the RRset begins, and the number of the member that comes first |
/// | then | 2 each | turns: numbers of answers |
/// | then | | the RRsets |
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
  @inlinable static var answersOffset: Int { 24 }
  @inlinable static var answerSize: Int { 8 }

  @inlinable
  init(_ arena: ArenaView) {
    self.arena = arena
  }

  @inlinable public var turnCount: Int { Int(arena.uint32(at: 4)) }
  @inlinable public var picking: Picking { Picking(rawValue: arena.octet(at: 8)) ?? .cycle }

  /// Which of the zone's rotations counts the turns.
  @inlinable public var rotation: Int { Int(arena.uint32(at: 16)) }

  /// Of the answers, in seconds; of NODATA, for how long it may be kept at most.
  @inlinable public var ttl: UInt32 { arena.uint32(at: 20) }

  /// What is answered at a turn, and which of the pool's members comes first. `turn` is 0..<turnCount.
  @inlinable @_noAllocation @_noLocks
  public func answer(at turn: Int) -> (rrset: RRsetView, firstMember: Int) {
    let turns = Int(arena.uint32(at: 12))
    let number = Int(arena.uint16(at: turns &+ turn &* 2))
    let answer = ScheduleView.answersOffset &+ number &* ScheduleView.answerSize
    return (RRsetView(arena, at: Int(arena.uint32(at: answer))), Int(arena.uint32(at: answer &+ 4)))
  }
}
