internal import Steering

/// All that a pool's answers follow from, at one moment, besides its policy.
struct PoolInputs: Equatable, Sendable {
  /// Parallel to the pool's members.
  var members: [MemberInput]
  /// Who was answered when stages last left somebody, for `fail=last`.
  var last: Set<Member.Identity> = []
  /// How soon a member may flip; nil: none will.
  var horizon: Duration?

  /// Nothing is known, so that all are served.
  init(of pool: Pool) {
    members = Array(repeating: MemberInput(), count: pool.members.count)
  }
}
