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
    firstPlaces = schedule.firstPlaces(memberCount: chooser.members.count)
    dropTurnless(schedule.answers)
    step.left = left.count
    steps.append(step)
    return schedule
  }

  /// Members of weight 0 are not answered, unless there are no others. Of those, the ones that the policy gives a
  /// weight are answered before those that it gives none, and these before those that factors leave nothing, too.
  private mutating func dropWeightless() {
    let ranks = left.map { weight(of: $0) > 0 ? 3 : weights[$0] > 0 ? 2 : factor(of: $0) > 0 ? 1 : 0 }
    let best = ranks.max()
    drop(ranks.map { $0 == best ? nil : .noWeight })
  }

  /// Members that no turn answers go.
  private mutating func dropTurnless(_ answers: [[Int]]) {
    var isAnswered = firstPlaces.map { $0 > 0 }
    for answer in answers where answer.count > 1 { for member in answer { isAnswered[member] = true } }
    drop(left.map { isAnswered[$0] ? nil : .noTurn })
  }

  /// The weights of the members left as whole numbers.
  ///
  /// Weights without factors are taken as they are. A factor is taken in millionths of the greatest that a member
  /// has, rounded, and at least one.
  private var units: [UInt64] {
    let greatest = left.reduce(0) { max($0, factor(of: $1)) }
    return left.map { index in
      let millionths = greatest > 0 ? factor(of: index) / greatest * 1_000_000 : 1_000_000
      return max(1, weights[index]) * UInt64(max(1, millionths.rounded()))
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
      let list = AnswerList.following([TurnOrder.smooth(dealt)], of: left, width: width)
      return Schedule(order: .cycle, answers: list.answers, turns: list.turns)
    }
    if !order.heedsWeights, let lists = TurnOrder.arrangements(of: left.count, width: width) {
      let answers = lists.map { $0.map { left[$0] } }
      return Schedule(order: .random, answers: answers, turns: answers.indices.map { UInt32($0) })
    }
    // The other places are random too: several shuffles give several answers that begin with the same member.
    let copies = width > 1 ? max(1, min(16, limit / dealt.reduce(0, +))) : 1
    let cycles = TurnOrder.shuffled(dealt, copies: copies, seed: chooser.seed)
    let list = AnswerList.following(cycles, of: left, width: width)
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
    let table = StickyTable(keys: left.map { chooser.keys[$0] }, weights: units, width: width)
    let list = table.answers(of: left, width: width)
    return Schedule(order: .hash(key), answers: list.answers, turns: list.turns)
  }
}

extension Stage {
  /// Whether turns are picked at random.
  fileprivate var isRandom: Bool { self == .random || self == .weightedRandom }

  /// Whether clients stick to members.
  var isHash: Bool { if case .hash = self { true } else { false } }
}
