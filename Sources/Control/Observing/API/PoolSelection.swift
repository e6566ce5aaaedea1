internal import Answering
internal import DNSWire
internal import Steering
internal import Zones

/// Pools that somebody wants to see.
struct PoolSelection: Equatable, Sendable {
  var part = APIRequest.Selection()
  /// A zone, or a name that a policy steers; nil: all.
  var name: DomainName?
  /// Only those that are not as their policy would have them.
  var onlyProblems = false
}

extension LivePool {
  /// Whether a member is down, or none is left.
  var hasProblem: Bool { answer.isFallback || answer.inputs.members.contains { $0.state == .down } }
}

extension LiveView {
  /// Pools that were asked for.
  struct SelectedPools {
    /// Of the part that was asked for.
    var pools: [PoolStatus] = []
    /// All that fit, whichever part was asked for.
    var total = 0
    /// Of them, how many have a problem.
    var problems = 0
  }

  /// Those with problems come first, then they are in the order of zones.
  func pools(_ selection: PoolSelection) throws(PoolFailure) -> SelectedPools {
    var selected = SelectedPools()
    if let name = selection.name {
      selected.pools = try statuses(of: name)
      selected.total = selected.pools.count
      selected.problems = selected.pools.count { pool in
        pool.fallback != nil || pool.members.contains { $0.state == .down }
      }
      return selected
    }
    let filter = selection.part.filter
    let fitting = pools.pools.indices.filter { index in
      let pool = pools.pools[index]
      guard pool.hasProblem || !selection.onlyProblems else { return false }
      return filter.isEmpty || "\(pool.pool.policy.owner)".lowercased().contains(filter)
        || pool.pool.members.contains { $0.identity.text.contains(filter) }
    }
    let problems = fitting.filter { pools.pools[$0].hasProblem }
    let others = problems.isEmpty ? fitting : fitting.filter { !pools.pools[$0].hasProblem }
    selected.total = fitting.count
    selected.problems = problems.count
    let part = (problems + others).dropFirst(selection.part.offset).prefix(selection.part.limit)
    selected.pools = part.map { status(of: pools.pools[$0]) }
    return selected
  }

  private func status(of pool: LivePool) -> PoolStatus {
    PoolStatus(
      pool, monitor.knowledge(of: pool.pool, targets: pool.targets),
      answers: pool.zone.answersGiven(pool: pool.number), by: .now)
  }
}
