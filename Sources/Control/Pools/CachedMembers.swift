internal import Health
internal import Steering

/// Until when caches may hold answers with members that a pool does not give any more.
struct CachedMembers: Sendable {
  /// Of those that it has not given: what another process may have answered before there was the pool here.
  private let others: Moment
  private var ends: [Member.Identity: Moment] = [:]

  /// - Parameters:
  ///   - pool: that is answered from `moment` on.
  ///   - check: that looks after its members; nil: none does.
  init(of pool: Pool, _ check: CheckDefinition?, at moment: Moment) {
    // The more results a flip of any member needs, the longer is the TTL.
    let horizon = check.map { $0.interval * max($0.rise, $0.fall) }
    others = moment + .seconds(pool.timeToLive(horizon: horizon))
  }

  /// Notes that a member has been given until now, in answers that may be kept until `end`.
  mutating func add(_ member: Member.Identity, until end: Moment) {
    ends[member] = max(end, ends[member] ?? end)
  }

  /// Forgets what no cache holds any more.
  mutating func forget(at moment: Moment) {
    ends = ends.filter { $0.value > moment }
  }

  /// Nil: by then no cache holds the member.
  func end(of member: Member.Identity, at moment: Moment) -> Moment? {
    let end = max(ends[member] ?? others, others)
    return end > moment ? end : nil
  }
}
