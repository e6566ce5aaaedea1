internal import Steering

/// What an explanation goes by, besides the pool and who asks.
struct PoolFacts: Sendable {
  /// Parallel to the pool's members.
  var inputs: [MemberInput]
  /// What operators have ordered of each member: parallel to the pool's members, or empty.
  var orders: [[OrderStatus]] = []
  /// Who was answered when stages last left somebody, for `fail=last`.
  var last: Set<Member.Identity> = []
  var horizon = Horizon.unknown

  /// How soon a member may flip, which the TTL of answers follows from.
  enum Horizon: Sendable {
    /// Nobody looks at the members.
    case unknown
    /// Nil: none will flip.
    case known(Duration?)
  }
}
