/// A chain at work: who is left, and what each weighs.
struct Selection {
  let chooser: Chooser
  /// Parallel to the members.
  let inputs: [MemberInput]
  /// Members that no stage dropped, by identity.
  var left: [Int]
  /// What the policy, or an operator, weighs members, 0...1,000,000; `least-conn` puts 1 in place of all but 0.
  var weights: [UInt64]
  /// Of what a member can take, how much it should: its own factor and what `shed` leaves of it. From 0.
  var capacities: [Double]
  /// Factors that compare members with each other, the best of a stage having 1. From 0.
  var preferences: [Double]
  var fates: [Choice.Fate]
  var steps: [Choice.Step] = []
  /// At how many turns of the schedule each member comes first; empty until the final order.
  var firstPlaces: [Int] = []
  /// A stage left none, and `fail` put members back: from there on all that are left count as up.
  var isFallback = false

  init(_ chooser: Chooser, _ inputs: [MemberInput]) {
    self.chooser = chooser
    let count = chooser.members.count
    self.inputs = inputs + Array(repeating: MemberInput(), count: max(0, count - inputs.count))
    left = chooser.canonical
    weights = zip(chooser.members, self.inputs).map { UInt64(min($1.weight ?? $0.weight, 1_000_000)) }
    capacities = self.inputs.prefix(count).map(\.effectiveFactor)
    preferences = Array(repeating: 1, count: count)
    fates = Array(repeating: .kept, count: count)
  }

  /// The factor by which a member's weight is multiplied.
  func factor(of index: Int) -> Double { capacities[index] * preferences[index] }

  /// The weight in force.
  func weight(of index: Int) -> Double { Double(weights[index]) * factor(of: index) }

  /// 0...1,000,000.
  func policyWeight(of index: Int) -> Double {
    Double(min(inputs[index].weight ?? chooser.members[index].weight, 1_000_000))
  }

  /// Of the policy's weight, what the member can take.
  func capacity(of index: Int) -> Double { policyWeight(of: index) * capacities[index] }

  /// Whether the member counts as up.
  func isAlive(_ index: Int) -> Bool { isFallback || inputs[index].state != .down }

  /// Does what a stage other than the final order says.
  mutating func apply(_ stage: Stage, client: ClientClass, last: Set<Member.Identity>) {
    let before = left
    var step = Choice.Step(stage: stage, left: 0)
    switch stage {
    case .up: keepUp()
    case .tier: (step.keptTier, step.isBelowPanic) = keepTier()
    case .nearest(let count): keepNearest(count, of: client)
    case .fence: keepFenced(client)
    case .fastest: step.factors = weighBySpeed()
    case .leastConnections, .weightedLeastConnections, .shortestDelay, .neverQueue:
      step.factors = weighByConnections(stage)
    case .shed(let low, let high): step.factors = shed(low: low, high: high)
    case .hash, .roundRobin, .weighted, .random, .weightedRandom: break
    }
    if left.isEmpty && !before.isEmpty { step.fallback = fallBack(to: before, last: last) }
    step.left = left.count
    steps.append(step)
  }

  /// Drops those of the members left that there is a reason against; `reasons` is parallel to `left`.
  mutating func drop(_ reasons: [Choice.Reason?]) {
    for (index, reason) in zip(left, reasons) {
      if let reason { fates[index] = .dropped(step: steps.count, reason) }
    }
    left = zip(left, reasons).compactMap { $1 == nil ? $0 : nil }
  }

  /// A stage that was given `before` left none: does what `fail` says.
  private mutating func fallBack(to before: [Int], last: Set<Member.Identity>) -> Policy.FailMode {
    let mode = chooser.policy.fail
    if mode == .closed { return .closed }
    isFallback = true
    if mode == .last {
      let last = Set(last.map(\.canonical))
      left = chooser.canonical.filter { last.contains(chooser.members[$0].identity.canonical) }
    }
    let isOpen = left.isEmpty
    if isOpen { left = before }
    for index in left { fates[index] = .kept }
    return isOpen ? .open : .last
  }
}
