internal import Steering

/// What a table holds of a target.
struct TargetRecord: Sendable {
  var id: Target.ID
  let check: SharedCheck
  let subject: Member.Identity
  var health: TargetHealth
  /// Since it was added.
  var results = ReasonCounts()
  /// The number of the independent pool that it counts in; -1: none.
  var pool = -1
  /// Whether its measurements are of interest to anybody; who begins to be interested knows them.
  var isMeasured = false {
    didSet { if isMeasured, !oldValue { told.measure(health) } }
  }
  var changed: HealthChange.Aspects = []
  private var told = Told()

  init(_ id: Target.ID, _ check: SharedCheck, of subject: Member.Identity, at moment: Moment) {
    self.id = id
    self.check = check
    self.subject = subject
    health = TargetHealth(check.thresholds, at: moment)
  }

  var target: Target { Target(check.definition, of: subject) }

  // MARK: What became different

  /// What is compared after each result.
  struct Standing {
    var state: MemberInput.State
    var missing: Int?
    var since: Moment
  }

  var standing: Standing {
    Standing(state: health.state, missing: health.missingResults, since: health.since)
  }

  func flip(since before: Standing, at moment: Moment) -> Flip? {
    guard health.state != before.state else { return nil }
    let contrary = health.state == .down ? health.lastSuccess : health.lastFailure
    return Flip(
      target, from: before.state, to: health.state, reason: health.reason ?? Reason(.success, ""),
      at: moment, detection: moment - (contrary ?? before.since))
  }

  /// What was last said of shares and measurements.
  private struct Told {
    var moment: Moment?
    var share = 1.0
    var slowStart = 1.0
    var time: Double?
    var connections: Double?
    var load: Double?

    mutating func measure(_ health: TargetHealth) {
      time = health.responseTime
      connections = health.report.connections.map(Double.init)
      load = health.report.load
    }
  }

  /// What has become so different that it is to be said; it counts as said from then on.
  mutating func differences(at moment: Moment) -> HealthChange.Aspects {
    var aspects: HealthChange.Aspects = []
    let isRested = told.moment.map { moment.nanoseconds(since: $0) >= 1_000_000_000 } ?? true
    let share = health.wantedShare
    let slowStart = health.slowStartShare
    let isSwitched = (share == 0) != (told.share == 0)
    if slowStart != told.slowStart || share != told.share && (isRested || isSwitched) {
      aspects.insert(.share)
    }
    if isMeasured, isRested, isMeasurementDifferent { aspects.insert(.measurement) }
    guard !aspects.isEmpty else { return [] }
    told = Told(moment: moment, share: share, slowStart: slowStart)
    told.measure(health)
    return aspects
  }

  private var isMeasurementDifferent: Bool {
    Self.differ(health.responseTime, told.time)
      || Self.differ(health.report.connections.map(Double.init), told.connections)
      || Self.differ(health.report.load, told.load)
  }

  private static func differ(_ one: Double?, _ other: Double?) -> Bool {
    guard let one, let other else { return (one == nil) != (other == nil) }
    return abs(one - other) > 0.1 * abs(other)
  }
}
