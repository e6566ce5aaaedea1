internal import Answering
internal import DNSWire
internal import Health
internal import Steering
internal import Zones

/// The pools of all zones that are served, as they are answered now.
struct LivePools: Sendable {
  /// A schedule to be answered by in place of another.
  typealias Replacement = (zone: ServableZone, pool: Int, schedule: EncodedSchedule)

  private struct Site: Hashable {
    let owner: DomainName
    let type: RRType

    init(_ site: PoolSite) {
      owner = site.owner.lowercased
      type = site.type
    }
  }

  private(set) var pools: [LivePool] = []
  private var byTarget: [Target.ID: [Int]] = [:]
  private var byMember: [Member.Identity: [Int]] = [:]
  private var byZone: [ObjectIdentifier: Range<Int>] = [:]
  private var bySite: [Site: Int] = [:]

  /// Takes over another generation of zones, and chooses for them by what is known now.
  mutating func update(to zones: [LiveZone], _ monitor: HealthMonitor, at moment: Moment) -> [Replacement] {
    let old = self
    self = LivePools()
    for served in zones {
      let first = pools.count
      let kept = old.byZone[ObjectIdentifier(served.servable)]
      for (number, pool) in served.steered.pools.enumerated() {
        let before = old.bySite[Site(pool.site)].map { old.pools[$0] }
        add(
          LivePool(
            pool, in: served.servable, number: number, targets: monitor.targets(of: pool, in: served.steered),
            answer: kept.map { old.pools[$0.lowerBound + number].answer } ?? served.answers[number],
            cached: before?.cached
              ?? CachedMembers(of: pool, served.steered.check(of: pool.policy), at: moment),
            last: before?.last ?? [], record: served.records[number]))
      }
      byZone[ObjectIdentifier(served.servable)] = first..<pools.count
    }
    // Only now is known what they are answered by.
    let replacements = pools.indices.compactMap { choose($0, monitor) }
    for index in pools.indices {
      guard let before = old.bySite[Site(pools[index].pool.site)] else { continue }
      pools[index].noteCached(of: old.pools[before], at: moment)
    }
    return replacements
  }

  private mutating func add(_ pool: LivePool) {
    bySite[Site(pool.pool.site)] = pools.count
    for target in Set(pool.targets.compactMap(\.self)) { byTarget[target, default: []].append(pools.count) }
    for member in pool.pool.members { byMember[member.identity.canonical, default: []].append(pools.count) }
    pools.append(pool)
  }

  /// The pools of a zone, by number.
  func pools(in zone: LiveZone) -> ArraySlice<LivePool> {
    byZone[ObjectIdentifier(zone.servable)].map { pools[$0] } ?? []
  }

  /// The pools that changes make a difference to.
  func affected(by changes: [HealthChange]) -> Set<Int> {
    var affected: Set<Int> = []
    for change in changes {
      let matters = change.aspects != .measurement
      for index in byTarget[change.id] ?? [] where matters || pools[index].pool.policy.readsMeasurements {
        affected.insert(index)
      }
    }
    return affected
  }

  /// The pools that have a member.
  func with(_ member: Member.Identity) -> [Int] { byMember[member.canonical] ?? [] }

  /// The pools that an order is about.
  func with(_ scope: Override.Scope) -> [Int] {
    with(scope.member).filter { scope.owner == nil || pools[$0].pool.policy.owner.lowercased == scope.owner }
  }

  /// The names that a target is answered for, each once.
  func owners(of target: Target) -> [DomainName] {
    var owners: [DomainName] = []
    for index in with(target.subject) {
      let policy = pools[index].pool.policy
      if policy.check == target.check.name, !owners.contains(policy.owner) { owners.append(policy.owner) }
    }
    return owners
  }

  /// Chooses anew where what is known has become different.
  mutating func refresh(
    _ indices: some Sequence<Int>, _ monitor: HealthMonitor, at moment: Moment
  ) -> [Replacement] {
    indices.compactMap { index in
      let before = pools[index]
      guard let replacement = choose(index, monitor) else { return nil }
      pools[index].noteCached(of: before, at: moment)
      return replacement
    }
  }

  /// Nil: nothing that is known makes a difference.
  private mutating func choose(_ index: Int, _ monitor: HealthMonitor) -> Replacement? {
    let live = pools[index]
    var inputs = monitor.inputs(of: live.pool, targets: live.targets)
    inputs.last = live.last
    guard inputs != live.answer.inputs else { return nil }
    let (answer, schedule) = PoolAnswer.make(for: live.pool, in: live.zone.compiled.apex, from: inputs)
    pools[index].answer = answer
    return (live.zone, live.number, schedule)
  }
}
