internal import Answering
internal import Health
internal import Steering

/// A pool that is served.
struct LivePool: Sendable {
  let pool: Pool
  /// The zone that it is in, and its number there.
  let zone: ServableZone
  let number: Int
  /// Parallel to the members; nil: no check looks after them.
  let targets: [Target.ID?]
  var answer: PoolAnswer {
    didSet { remember() }
  }
  /// Who was answered when stages last left somebody, for `fail=last`.
  private(set) var last: Set<Member.Identity>

  /// - Parameter last: who was answered by the pool that was in its place before.
  init(
    _ pool: Pool, in zone: ServableZone, number: Int, targets: [Target.ID?], answer: PoolAnswer,
    last: Set<Member.Identity>
  ) {
    self.pool = pool
    self.zone = zone
    self.number = number
    self.targets = targets
    self.answer = answer
    self.last = last
    remember()
  }

  /// How often a member comes first, 0...1.
  func share(of member: Int) -> Double {
    answer.turns > 0 ? Double(answer.candidates[member].firstPlaces) / Double(answer.turns) : 0
  }

  /// Whether answers have a member.
  func answers(_ member: Int) -> Bool { answer.turns > 0 && answer.candidates[member].fate == .kept }

  private mutating func remember() {
    guard pool.policy.fail == .last, !answer.answered.isEmpty else { return }
    last = Set(answer.answered.map { pool.members[$0].identity })
  }
}
