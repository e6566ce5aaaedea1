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
  private let record: PoolRecord
  /// Who was answered when stages last left somebody, for `fail=last`.
  private(set) var last: Set<Member.Identity>
  private(set) var cached: CachedMembers

  /// - Parameters:
  ///   - cached: what caches may hold of what was answered before.
  ///   - last: who was answered before.
  init(
    _ pool: Pool, in zone: ServableZone, number: Int, targets: [Target.ID?], answer: PoolAnswer,
    cached: CachedMembers, last: Set<Member.Identity>, record: PoolRecord
  ) {
    self.pool = pool
    self.zone = zone
    self.number = number
    self.targets = targets
    self.answer = answer
    self.cached = cached
    self.last = last
    self.record = record
    remember()
  }

  /// How often a member comes first, 0...1.
  func share(of member: Int) -> Double {
    answer.turns > 0 ? Double(answer.candidates[member].firstPlaces) / Double(answer.turns) : 0
  }

  /// What `fail=` does, as stages leave nobody; nil: they leave some.
  var fallback: String? { answer.isFallback ? pool.policy.fail.rawValue : nil }

  /// Whether any client's answers have a member.
  func answers(_ member: Int) -> Bool {
    answer.turns > 0 && answer.candidates[member].fate == .kept || answer.answered.contains(member)
  }

  /// Until when caches may hold answers with a member that answers do not have any more; nil: they have it, or no cache
  /// has.
  func cachedUntil(_ member: Int, at moment: Moment) -> Moment? {
    answers(member) ? nil : cached.end(of: pool.members[member].identity, at: moment)
  }

  /// Notes what caches may hold from now on, where `before` was answered up to now.
  mutating func noteCached(of before: LivePool, at moment: Moment) {
    cached.forget(at: moment)
    let stays = timeToLive >= before.timeToLive ? Set(answered) : []
    for member in before.answered where !stays.contains(member) {
      cached.add(member, until: moment + .seconds(before.timeToLive))
    }
  }

  private var answered: [Member.Identity] {
    pool.members.indices.filter(answers).map { pool.members[$0].identity }
  }

  /// Of answers that have somebody, in seconds.
  private var timeToLive: UInt32 { pool.timeToLive(horizon: answer.inputs.horizon) }

  private mutating func remember() {
    if pool.policy.fail == .last, !answer.answered.isEmpty {
      last = Set(answer.answered.map { pool.members[$0].identity })
    }
    record.value = PoolRecord.Value(last: last, horizon: answer.inputs.horizon)
  }
}
