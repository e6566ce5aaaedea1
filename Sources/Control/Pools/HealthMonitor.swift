internal import DNSWire
internal import Health
internal import Probing
internal import Steering
import Synchronization

/// What is known of members: results come in from the prober's thread, orders from operators, and both are asked for by
/// whoever makes answers.
final class HealthMonitor: Sendable {
  private struct State {
    var table: HealthTable
    var overrides = Overrides()
    /// Whether somebody has been told that there are changes, and has not taken them yet.
    var isNoticed = false
    /// When they look at the latest, as time alone makes a difference then; nil: they do not.
    var nextLook: Moment?

    var isNews: Bool {
      if isNoticed { return false }
      guard !table.hasChanges, let deadline = table.nextDeadline else { return table.hasChanges }
      return nextLook.map { deadline < $0 } ?? true
    }
  }

  private let state: Mutex<State>
  private let notice: @Sendable () -> Void

  /// - Parameter notice: called when there are changes to be taken, or time alone makes a difference sooner than was
  ///   known when they were taken last; once until they are taken.
  init(isolation: Double?, notice: @escaping @Sendable () -> Void) {
    state = Mutex(State(table: HealthTable(isolation: isolation)))
    self.notice = notice
  }

  // MARK: What happens

  /// Takes in what probes have found out.
  func apply(_ results: [(id: Target.ID, result: ProbeResult)], at moment: Moment) {
    change { $0.table.apply(results, at: moment) }
  }

  /// Does what time alone brings about.
  func advance(to moment: Moment) {
    change { $0.table.advance(to: moment) }
  }

  /// Looks after the members of these zones from now on.
  ///
  /// - Returns: what the prober has to begin with and to leave.
  func update(
    to zones: [SteeredZone], at moment: Moment
  ) -> (added: [(id: Target.ID, target: Target)], removed: [Target.ID]) {
    let pools = zones.flatMap { zone in
      zone.policies.policies.compactMap { policy in
        zone.check(of: policy).map {
          HealthPool(
            $0, members: policy.members.map(\.identity), readsMeasurements: policy.readsMeasurements)
        }
      }
    }
    return change { state in
      let (added, removed) = state.table.update(to: pools, at: moment)
      return (added.compactMap { id in state.table.target(of: id).map { (id, $0) } }, removed)
    }
  }

  /// Takes in what a member of pools reports of itself.
  ///
  /// - Returns: the checks that listen to it, each once.
  func apply(_ beat: Beat, to pools: [LivePool], at moment: Moment) -> [CheckDefinition] {
    change { state in
      var checks: [CheckDefinition] = []
      for pool in pools {
        guard let place = pool.pool.members.firstIndex(where: { $0.identity.canonical == beat.scope.member }),
          let id = pool.targets[place], let check = state.table.target(of: id)?.check,
          check.kind == .heartbeat, !checks.contains(check)
        else { continue }
        checks.append(check)
        state.table.apply([(id, beat.result)], at: moment)
      }
      return checks
    }
  }

  // MARK: What operators order

  /// All orders, the oldest first.
  var orders: [Override] { state.withLock { $0.overrides.all } }

  /// Puts an order in force.
  func order(_ override: Override) throws(Overrides.Full) {
    try state.withLock { state throws(Overrides.Full) in try state.overrides.set(override) }
  }

  /// Takes back what was ordered for exactly that scope, and returns it.
  func takeBack(_ scope: Override.Scope) -> [Override] {
    state.withLock { $0.overrides.remove(scope) }
  }

  /// Takes back orders that do not hold any more, and returns them.
  func expire(at time: WallTime) -> [Override] {
    state.withLock { $0.overrides.expire(at: time) }
  }

  // MARK: What outlives a restart

  func saved(by clocks: Clocks) -> SavedState {
    // Put into words without the lock, which the prober would wait for.
    let (table, overrides) = state.withLock { ($0.table, $0.overrides) }
    return table.saved(with: overrides, by: clocks)
  }

  /// Puts the orders of before in force.
  func restore(_ overrides: Overrides) {
    state.withLock { $0.overrides = overrides }
  }

  /// Gives targets the states that they had before, where these are not too old.
  ///
  /// - Returns: how many.
  func restore(_ targets: [SavedTarget], by clocks: Clocks, maximumAge: Duration) -> Int {
    change { $0.table.restore(targets, by: clocks, maximumAge: maximumAge) }
  }

  private func change<Result: Sendable>(_ body: @Sendable (inout State) -> Result) -> Result {
    let (result, isNews) = state.withLock { state in
      let result = body(&state)
      let isNews = state.isNews
      if isNews { state.isNoticed = true }
      return (result, isNews)
    }
    if isNews { notice() }
    return result
  }

  // MARK: What is asked

  /// What became different since this was last called, and when time alone will make a difference.
  func takeChanges() -> (changes: HealthChanges, deadline: Moment?) {
    state.withLock { state in
      state.isNoticed = false
      state.nextLook = state.table.nextDeadline
      return (state.table.takeChanges(), state.nextLook)
    }
  }

  /// Who of the table's targets a pool's members are; nil: no check looks after them.
  func targets(of pool: Pool, in zone: SteeredZone) -> [Target.ID?] {
    guard let check = zone.check(of: pool.policy) else { return pool.members.map { _ in nil } }
    return state.withLock { state in
      pool.members.map { state.table.id(of: Target(check, of: $0.identity)) }
    }
  }

  /// How many members are yet to have their first check's result.
  var awaitedCount: Int { state.withLock { $0.table.awaitedCount } }

  /// When an order ends by itself next.
  var nextExpiry: WallTime? { state.withLock { $0.overrides.nextExpiry } }

  /// Since when the prober doubts itself; nil: it does not.
  var isolatedSince: Moment? { state.withLock { $0.table.isolatedSince } }

  /// All that is known of a pool's members, in their order.
  ///
  /// - Parameter targets: of its members.
  func knowledge(of pool: Pool, targets: [Target.ID?]) -> [MemberKnowledge] {
    let owner = pool.policy.owner
    return state.withLock { state in
      zip(pool.members, targets).map { member, target in
        let health = target.flatMap { state.table.health(of: $0) }
        let overrides = state.overrides
        return MemberKnowledge(
          input: overrides.input(of: member.identity, at: owner, measured: health?.input ?? MemberInput()),
          health: health, results: target.flatMap { state.table.results(of: $0) },
          orders: [
            overrides.state(of: member.identity, at: owner), overrides.weight(of: member.identity, at: owner),
          ].compactMap(\.self))
      }
    }
  }

  /// What explanations of a pool's answers go by.
  func facts(of number: Int, in zone: LiveZone) -> PoolFacts {
    let pool = zone.steered.pools[number]
    let knowledge = knowledge(of: pool, targets: targets(of: pool, in: zone.steered))
    let record = zone.records[number].value
    return PoolFacts(
      inputs: knowledge.map(\.input), orders: knowledge.map { $0.orders.map { OrderStatus($0) } },
      last: record.last, horizon: .known(record.horizon))
  }

  /// What a pool's answers follow from now, but for whom it answered last.
  ///
  /// - Parameter targets: of its members.
  func inputs(of pool: Pool, targets: [Target.ID?]) -> PoolInputs {
    var inputs = PoolInputs(of: pool)
    let owner = pool.policy.owner
    let readsMeasurements = pool.policy.readsMeasurements
    state.withLock { state in
      for (index, target) in targets.enumerated() {
        let member = pool.members[index].identity
        let health = target.flatMap { state.table.health(of: $0) }
        var input = state.overrides.input(of: member, at: owner, measured: health?.input ?? MemberInput())
        if !readsMeasurements { input.forgetMeasurements() }
        inputs.members[index] = input
        guard let soonest = health?.soonestFlip else { continue }
        inputs.horizon = min(inputs.horizon ?? soonest, soonest)
      }
    }
    return inputs
  }
}

extension MemberInput {
  /// Leaves only what decides over answers that do not depend on measurements.
  fileprivate mutating func forgetMeasurements() {
    responseTime = nil
    connections = nil
    load = nil
  }
}
