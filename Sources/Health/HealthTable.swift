public import Steering

/// The health of all targets. Pure: results and the time come in, changes are asked for.
public struct HealthTable: Sendable {
  /// What share of the members that are heard of must be silent for the prober to doubt itself, above 0 and up to 1;
  /// nil: it never does.
  public var isolation: Double?

  /// By slot; those of removed targets are used again.
  var records: [TargetRecord] = []
  var freeSlots: [Int] = []
  var slots: [Target.ID: Int] = [:]
  /// Slots, by what is asked of whom.
  var checks: [CheckDefinition: CheckedMembers] = [:]
  var lastID = -1
  var deadlines = DeadlineQueue()
  var independentPools = 0
  var doubt = SelfDoubt()
  private var changedSlots: [Int] = []
  private var changes = HealthChanges()

  public init(isolation: Double? = 0.7) {
    self.isolation = isolation
  }

  // MARK: What is known

  /// Of all targets, in no order.
  public var ids: some Collection<Target.ID> { slots.keys }

  public func id(of target: Target) -> Target.ID? {
    checks[target.check]?.slots[target.subject].map { records[$0].id }
  }

  public func target(of id: Target.ID) -> Target? { slots[id].map { records[$0].target } }

  public func health(of id: Target.ID) -> TargetHealth? { slots[id].map { records[$0].health } }

  /// Results of a target, since it was added.
  public func results(of id: Target.ID) -> ReasonCounts? { slots[id].map { records[$0].results } }

  /// How many targets are probed and have had no result yet.
  public var awaitedCount: Int {
    slots.values.count { records[$0].health.thresholds.kind == .probed && records[$0].health.reason == nil }
  }

  /// What policies are to know of the target; of one that there is not, nothing.
  public func input(of id: Target.ID) -> MemberInput { health(of: id)?.input ?? MemberInput() }

  /// Since when the prober doubts itself; nil: it does not.
  public var isolatedSince: Moment? { doubt.beginning }

  // MARK: What happens

  /// Takes in results in the order in which they came; those of targets removed meanwhile are passed over.
  public mutating func apply(_ results: [(id: Target.ID, result: ProbeResult)], at moment: Moment) {
    for (id, result) in results {
      guard let slot = slots[id] else { continue }
      records[slot].results[result.reason.kind] += 1
      change(slot, at: moment) { $0.apply(result, at: moment) }
    }
    think(at: moment)
  }

  /// When `advance(to:)` has something to do next.
  public var nextDeadline: Moment? {
    guard let thought = doubt.next else { return deadlines.soonest }
    return deadlines.soonest.map { min($0, thought) } ?? thought
  }

  /// Does what time alone brings about: shares that grow in slow start, and leases that end.
  public mutating func advance(to moment: Moment) {
    while let slot = deadlines.due(at: moment) {
      change(slot, at: moment) { $0.advance(to: moment) }
    }
    think(at: moment)
  }

  /// Whether something became different that has not been taken.
  public var hasChanges: Bool { !changedSlots.isEmpty || !changes.isEmpty }

  /// What became different since this was last called.
  public mutating func takeChanges() -> HealthChanges {
    var taken = changes
    taken.targets.reserveCapacity(changedSlots.count)
    for slot in changedSlots where !records[slot].changed.isEmpty {
      taken.targets.append(HealthChange(id: records[slot].id, aspects: records[slot].changed))
      records[slot].changed = []
    }
    changes = HealthChanges()
    changedSlots.removeAll(keepingCapacity: true)
    return taken
  }

  // MARK: How

  /// Lets something happen to a target, and takes it down if that is due.
  mutating func change(_ slot: Int, at moment: Moment, by body: (inout TargetHealth) -> Void) {
    let before = records[slot].standing
    body(&records[slot].health)
    if records[slot].health.isDue, !isDoubted(slot, at: moment) { records[slot].health.fall(at: moment) }
    note(slot, since: before, at: moment)
  }

  /// Lets something happen to a target, and notes what became different.
  ///
  /// - Parameter isEvent: a flip is told.
  mutating func note(
    _ slot: Int, at moment: Moment, isEvent: Bool = true, by body: (inout TargetHealth) -> Void
  ) {
    let before = records[slot].standing
    body(&records[slot].health)
    note(slot, since: before, at: moment, isEvent: isEvent)
  }

  private mutating func note(
    _ slot: Int, since before: TargetRecord.Standing, at moment: Moment, isEvent: Bool = true
  ) {
    if isEvent, let flip = records[slot].flip(since: before, at: moment) { changes.add(.flip(flip)) }
    var aspects = records[slot].differences(at: moment)
    let after = records[slot].standing
    if after.state != before.state { aspects.insert(.state) }
    if after.missing != before.missing { aspects.insert(.horizon) }
    setDeadline(of: slot)
    guard !aspects.isEmpty else { return }
    if records[slot].changed.isEmpty { changedSlots.append(slot) }
    records[slot].changed.formUnion(aspects)
  }

  /// Has time heed what it alone changes.
  mutating func setDeadline(of slot: Int) {
    let deadline = records[slot].health.deadline
    deadlines.set(deadline < .end ? deadline : nil, of: slot)
  }

  mutating func add(_ event: HealthEvent) { changes.add(event) }
}
