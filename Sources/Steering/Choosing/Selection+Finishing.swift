extension Selection {
  /// Does what the final order says: members without weight go, the others get their turns.
  mutating func finish(_ order: Stage) -> Schedule {
    var step = Choice.Step(stage: order, left: 0)
    if case .hash(_, isBounded: true) = order { step.factors = bound() }
    dropWeightless()
    let width = min(chooser.width(of: order), left.count)
    let schedule =
      if case .hash(let key, _) = order {
        hashed(by: key, width: width)
      } else {
        inTurn(order, width: width)
      }
    step.left = left.count
    steps.append(step)
    return schedule
  }

  /// Members of weight 0 are not answered, unless there are no others. Of those, the ones that the policy gives a
  /// weight are answered before those that it gives none.
  private mutating func dropWeightless() {
    let isWeighty =
      left.contains { weight(of: $0) > 0 } ? left.map { weight(of: $0) > 0 } : left.map { weights[$0] > 0 }
    guard isWeighty.contains(true) else { return }
    drop(isWeighty.map { $0 ? nil : .noWeight })
  }

  /// The weights of the members left as whole numbers.
  ///
  /// Weights without factors are taken as they are. A factor is taken in thousandths of the greatest that a member
  /// has, rounded, and at least one: a member to which the factors leave less than a thousandth of what they leave
  /// another, the weights aside, gets a thousandth.
  private var units: [UInt64] {
    let greatest = left.reduce(0) { max($0, factor(of: $1)) }
    return left.map { index in
      let thousandths = greatest > 0 ? factor(of: index) / greatest * 1000 : 1000
      return max(1, weights[index]) * UInt64(max(1, thousandths + 0.5))
    }
  }

  /// One after the other, or at random.
  private mutating func inTurn(_ order: Stage, width: Int) -> Schedule {
    guard !left.isEmpty else { return .empty(order.isRandom ? .random : .cycle) }
    let limit = Self.turnLimit(members: left.count, width: width)
    let turns = Apportionment.turns(of: order.heedsWeights ? units : left.map { _ in 1 }, atMost: limit)
    drop(turns.map { $0 == 0 ? .noTurn : nil })
    let dealt = turns.filter { $0 > 0 }
    guard order.isRandom else {
      let list = AnswerList.following(TurnOrder.smooth(dealt), of: left, width: width)
      return Schedule(order: .cycle, answers: list.answers, turns: list.turns)
    }
    // The other places are random too: several shuffles give several answers that begin with the same member.
    let copies = width > 1 ? max(1, min(16, limit / dealt.reduce(0, +))) : 1
    let sequence = TurnOrder.shuffled(dealt, copies: copies, seed: chooser.seed)
    let list = AnswerList.following(sequence, of: left, width: width)
    return Schedule(order: .random, answers: list.answers, turns: list.turns)
  }

  /// The most turns of a cycle: 4,096, more for pools of more than 64 members, up to 16,384; fewer where answers are
  /// long, so that they hold 262,144 members in all; but one for each member, up to the most of any schedule.
  static func turnLimit(members: Int, width: Int) -> Int {
    let byMembers = min(max(4096, 64 * members), 16_384)
    return min(Schedule.maximumTurns, max(members, min(byMembers, 262_144 / max(1, width))))
  }

  /// By the hash of the client or the name.
  private mutating func hashed(by key: Stage.HashKey, width: Int) -> Schedule {
    guard !left.isEmpty else { return .empty(.hash(key)) }
    let table = StickyTable(
      keys: left.map { chooser.keys[$0] }, weights: units, width: width, poolSize: chooser.members.count)
    let members = left
    let list = table.answers(of: members, width: width)
    let firstPlaces = Set(table.firstPlaces)
    if width == 1 { drop(members.indices.map { firstPlaces.contains($0) ? nil : .noTurn }) }
    return Schedule(order: .hash(key), answers: list.answers, turns: list.turns)
  }
}

extension Stage {
  /// Whether turns are picked at random.
  fileprivate var isRandom: Bool { self == .random || self == .weightedRandom }
}
