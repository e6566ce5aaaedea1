/// Turns a policy and what is known of its members into a schedule, and says how.
///
/// Pure: the same members, inputs and seed give the same choice, in whatever order the members stand. Made once for
/// a pool of one family (or of targets), it chooses again and again as inputs change.
public struct Chooser: Sendable {
  let policy: Policy
  let members: [Member]
  let seed: UInt64
  /// The members by identity: the order that everything is done in.
  let canonical: [Int]
  /// What their places in hash tables follow from; empty for policies that do not hash.
  let keys: [UInt64]

  /// - Parameters:
  ///   - members: those of the policy that the answer is chosen among: of one family, or its targets.
  ///   - seed: what random orders follow from. Hash tables do not depend on it, so that all servers of a zone, and
  ///     one server over restarts, send a client to the same member.
  public init(policy: Policy, members: [Member], seed: UInt64) {
    self.policy = policy
    self.members = members
    self.seed = seed
    let identities = members.map(\.identity.canonical)
    canonical = members.indices.sorted { identities[$0].precedes(identities[$1]) }
    if policy.stages.contains(where: \.isHash) {
      keys = identities.map(\.key)
    } else {
      keys = []
    }
  }

  /// - Parameters:
  ///   - inputs: parallel to the members; nothing is known of members that it is too short for.
  ///   - last: who was answered when members were last left by every stage, for `fail=last`.
  public func choose(
    _ inputs: [MemberInput], client: ClientClass, last: Set<Member.Identity> = []
  ) -> Choice {
    var selection = select(inputs, client: client, last: last)
    let schedule = selection.finish(order)
    return Choice(
      schedule: schedule, steps: selection.steps,
      candidates: members.indices.map { index in
        Choice.Candidate(
          fate: selection.fates[index], weight: selection.weight(of: index),
          firstPlaces: selection.firstPlaces[index])
      })
  }

  /// Does what all stages but the final order say.
  func select(_ inputs: [MemberInput], client: ClientClass, last: Set<Member.Identity>) -> Selection {
    var selection = Selection(self, inputs)
    for stage in policy.stages.prefix(while: { !$0.isFinalOrder }) {
      selection.apply(stage, client: client, last: last)
    }
    return selection
  }

  /// The final order.
  var order: Stage { policy.stages.first(where: \.isFinalOrder) ?? .weighted }

  /// How many members an answer holds at most: targets of CNAMEs are answered one at a time.
  func width(of order: Stage) -> Int {
    if case .target? = members.first?.identity { return 1 }
    switch order {
    case .roundRobin, .random: return max(1, policy.answers ?? Int.max)
    default: return max(1, policy.answers ?? 1)
    }
  }
}
