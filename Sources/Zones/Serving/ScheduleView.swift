/// What a pool answers, turn by turn, as the data plane reads it.
///
/// | offset | octets | what |
/// |---|---|---|
/// | 0 | 4 | turns; 0: NODATA |
/// | 4 | 1 | how a turn is picked, a `Picking` |
/// | 8 | 4 | where the turns begin |
/// | 12 | 4 | the zone's rotation that counts turns |
/// | 16 | 4 each | answers: where their RRsets begin |
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
  @inlinable static var answersOffset: Int { 16 }

  @inlinable
  init(_ arena: ArenaView) {
    self.arena = arena
  }

  @inlinable public var turnCount: Int { Int(arena.uint32(at: 0)) }
  @inlinable public var picking: Picking { Picking(rawValue: arena.octet(at: 4)) ?? .cycle }

  /// Which of the zone's rotations counts the turns.
  @inlinable public var rotation: Int { Int(arena.uint32(at: 12)) }

  /// What is answered at a turn. `turn` is 0..<turnCount.
  @inlinable @_noAllocation @_noLocks
  public func answer(at turn: Int) -> RRsetView {
    let turns = Int(arena.uint32(at: 8))
    let answer = Int(arena.uint16(at: turns &+ turn &* 2))
    return RRsetView(arena, at: Int(arena.uint32(at: ScheduleView.answersOffset &+ answer &* 4)))
  }
}
