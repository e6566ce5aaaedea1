/// Finds what in one policy contradicts itself or has no effect.
struct PolicyChecker {
  let policy: Policy
  let pool: KeyedPairs<PoolKey>
  /// Keys that were said in a way that is reported and came to nothing.
  let lost: Set<PoolKey>
  let lines: [MemberLine]
  /// Index of the policy's first record, for what no other one says.
  let first: Int
  let names: PolicyNames
  let report: PolicyReport

  private var order: Stage { policy.stages.last ?? .weighted }
  private var chainRecord: Int { pool[.steer]?.record ?? first }

  private func record(of key: PoolKey) -> Int { pool[key]?.record ?? first }

  // MARK: The chain

  /// What the stages need from other keys, and other keys from the stages.
  func checkChain() {
    if pool[.check] == nil {
      for stage in policy.stages where (stage.readsResponseTime || stage.readsLoad) && !lost.contains(.check)
      {
        report.add(PoolProblem.stageWithoutCheck(stage), at: chainRecord)
      }
    } else if !policy.stages.contains(where: \.readsHealth) {
      report.add(PoolProblem.checkWithoutStage, at: record(of: .check))
    } else if let name = policy.check, let kind = names.checks[name].flatMap({ $0 }) {
      checkMeasurements(by: name, kind)
    }
    if !order.heedsWeights {
      for stage in policy.stages where stage.weighs {
        report.add(PoolProblem.weightsNotHeeded(stage, by: order), at: chainRecord)
      }
    }
    if pool[.panic] != nil, !policy.stages.contains(.tier) {
      report.add(PoolProblem.panicWithoutTier, at: record(of: .panic))
    }
    if pool[.defaultAt] != nil, !policy.asksForClient {
      report.add(PoolProblem.defaultWithoutStage, at: record(of: .defaultAt))
    }
    if pool[.fail] != nil, !policy.stages.contains(where: \.canLeaveNone) {
      report.add(PoolProblem.failWithoutStage, at: record(of: .fail))
    }
  }

  private func checkMeasurements(by name: String, _ kind: CheckDefinition.Kind) {
    for stage in policy.stages where stage.readsResponseTime || stage.readsLoad {
      let able = CheckDefinition.Kind.allCases.filter {
        stage.readsResponseTime ? $0.measuresResponseTime : $0.reportsLoad
      }
      if !able.contains(kind) {
        report.add(PoolProblem.notMeasured(stage, name, kind, able: able), at: chainRecord)
      }
    }
  }

  // MARK: The members

  /// What the members need from other keys, and the stages from the members.
  func checkMembers(isChainKnown: Bool) {
    checkAnswers()
    if !policy.members.isEmpty, policy.members.allSatisfy({ $0.weight == 0 }) {
      report.add(PoolWarning.allWeightsZero, at: first)
    }
    guard isChainKnown else { return }
    for stage in policy.stages where stage.readsLocation {
      checkLocations(for: stage)
    }
    warnOfMemberKeys()
    warnOfPanic()
  }

  private func checkAnswers() {
    guard let answers = policy.answers else { return }
    if case .target = policy.members.first?.identity {
      if answers > 1 { report.add(PoolProblem.severalTargets(answers), at: record(of: .answers)) }
      return
    }
    // Each family is answered by itself.
    let newer = policy.members.count(where: \.identity.isIPv6)
    let size = max(newer, policy.members.count - newer)
    if answers > size { report.add(PoolWarning.answersAboveMembers(answers, size), at: record(of: .answers)) }
  }

  private func checkLocations(for stage: Stage) {
    let placed = lines.filter { $0.member.location != nil }
    guard !placed.isEmpty else {
      if !lost.contains(.at), !lost.contains(.member) {
        report.add(PoolProblem.noMemberIsPlaced(stage), at: chainRecord)
      }
      return
    }
    if let member = policy.members.first(where: { $0.location == nil }) {
      let count = policy.members.count { $0.location == nil }
      report.add(
        PoolWarning.unplaced(member.identity.text, count: count, of: policy.members.count, stage),
        at: lines.first { $0.member == member }?.record ?? chainRecord)
    }
    var seen: Set<String> = []
    let used = placed.filter { seen.insert($0.member.location ?? "").inserted }
    let known = used.compactMap { line in
      line.member.location.flatMap { names.locations[$0].flatMap(\.self) }.map { (line.record, $0) }
    }
    if case .nearest(let count) = stage {
      let isDistanceUsed = known.count < used.count || known.contains { $0.1.latitude != nil }
      for (record, location) in known where isDistanceUsed && location.latitude == nil {
        report.add(PoolWarning.unknownDistance(location.name), at: record)
      }
      if count >= used.count, count > 1, policy.members.allSatisfy({ $0.location != nil }) {
        report.add(PoolWarning.nearestKeepsAll(count, used.count), at: chainRecord)
      }
    } else {
      for (record, location) in known where !location.ownsClients {
        report.add(PoolProblem.fenceOwnsNothing(location.name), at: record)
      }
    }
  }

  // One warning of each kind: all lines of a policy tend to make the same mistake.
  private func warnOfMemberKeys() {
    let stages = policy.stages
    if !stages.contains(.tier) {
      if let line = lines.first(where: { $0.member.tier > 1 }) {
        report.add(PoolWarning.tierWithoutStage(line.member.tier), at: line.record)
      }
      let deaf = stages.first { $0 == .leastConnections } ?? (order.heedsWeights ? nil : order)
      if let deaf, let line = lines.first(where: { $0.member.weight > 1 }) {
        report.add(PoolWarning.weightNotHeeded(line.member.weight, by: deaf), at: line.record)
      }
    }
    if !stages.contains(where: \.readsLocation), let line = lines.first(where: { $0.member.location != nil })
    {
      report.add(PoolWarning.locationWithoutStage(line.member.location ?? ""), at: line.record)
    }
  }

  private func warnOfPanic() {
    guard let entry = pool[.panic], !lost.contains(.panic), policy.stages.contains(.tier) else { return }
    if Set(policy.members.map(\.tier)).count == 1 {
      report.add(PoolWarning.panicWithOneTier(entry.pair.shown), at: entry.record)
    } else if case .members(let count) = policy.panic, count > 1 {
      // Each family is steered by itself.
      let sizes = policy.members.reduce(into: [:]) { sizes, member in
        sizes[[member.tier, member.identity.isIPv6 ? 6 : 4], default: 0] += member.weight > 0 ? 1 : 0
      }
      let largest = sizes.values.max() ?? 0
      if count > largest { report.add(PoolWarning.panicAboveTiers(count, largest), at: entry.record) }
    }
  }
}
