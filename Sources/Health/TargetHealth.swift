public import Steering

/// What is known of one target: a state machine that takes results and the time.
///
/// It goes down of itself except when nothing came back (`isDue`): then the table decides, which may doubt the
/// prober instead.
public struct TargetHealth: Sendable {
  var thresholds: Thresholds
  /// What results say; `state` is what holds.
  var measured: MemberInput.State
  /// What results said before the last of them took it down.
  private var measuredBefore = MemberInput.State.unknown
  /// `ready`, `drain` or `maint`, as the member said last.
  public internal(set) var administration = LoadReport.Word.ready
  /// When `state` became what it is; when it was added, if it was never anything else.
  public internal(set) var since: Moment
  /// Of the last result; nil before the first.
  public internal(set) var reason: Reason?
  public internal(set) var lastSuccess: Moment?
  public internal(set) var lastFailure: Moment?
  /// How many results in a row were like the last, up to 1,000.
  public internal(set) var streak: UInt16 = 0
  public internal(set) var isSucceeding = false
  /// When the first of them came.
  var streakStart: Moment
  /// Whether the last result was a failure of which nothing came back.
  var isMute = false
  /// Smoothed, in milliseconds; 0: not measured since it came up.
  var smoothedTime = 0.0
  /// What the member said last. What it asks of its weight holds until it asks for something else; its load and
  /// connections are those of the last success.
  public internal(set) var report = LoadReport()
  /// In seconds since 1970; nil: no certificate was seen.
  public internal(set) var certificateExpiry: Int64?
  /// From when on a heartbeat's missed reports are counted.
  private var leaseStart: Moment
  var ramp = SlowStart()

  /// No threshold is above it.
  static let longestStreak: UInt16 = 1000

  /// The target has just been added.
  init(_ thresholds: Thresholds, at moment: Moment) {
    self.thresholds = thresholds
    measured = thresholds.kind == .always ? .up : .unknown
    since = moment
    streakStart = moment
    leaseStart = moment
  }

  // MARK: What holds

  /// Down as well while the member wants maintenance.
  public var state: MemberInput.State { administration == .maint ? .down : measured }

  /// Exponentially weighted mean of successes' response times, each weighing an eighth (as RFC 6298 §2 has it), in
  /// milliseconds; nil: there was none since it came up.
  public var responseTime: Double? { smoothedTime > 0 ? smoothedTime : nil }

  public var lastResult: Moment? {
    guard let lastSuccess, let lastFailure else { return lastSuccess ?? lastFailure }
    return max(lastSuccess, lastFailure)
  }

  /// How much of its share it may have: 0.1 ... 1 after it was down, as `slow-start=` says.
  public var slowStartShare: Double { ramp.share }

  /// What the member wants of its weight, as a factor; 0 while it drains.
  public var wantedShare: Double {
    administration == .drain ? 0 : Double(min(max(report.weight ?? 100, 0), 25_600)) / 100
  }

  /// For policies. With `start=down` a member that is not known counts as down.
  public var input: MemberInput {
    var input = MemberInput()
    input.state = state == .unknown && !thresholds.startsUp ? .down : state
    input.weightFactor = wantedShare * ramp.share
    input.responseTime = responseTime
    input.connections = report.connections
    input.load = report.load
    return input
  }

  /// Consecutive results that would change the state, from now on; nil: nothing does.
  public var missingResults: Int? {
    if thresholds.kind == .always { return nil }
    if administration == .maint { return 1 }
    return switch measured {
    case .unknown: 1
    case .up: max(1, Int(thresholds.fall) - (isSucceeding ? 0 : Int(streak)))
    case .down: max(1, Int(thresholds.rise) - (isSucceeding ? Int(streak) : 0))
    }
  }

  /// How soon the state may change, as of the last result: the interval times the results still missing. Nil: never.
  public var soonestFlip: Duration? {
    missingResults.map { .nanoseconds(thresholds.interval * Int64($0)) }
  }

  /// Whether results want it down, and its table has not decided yet, or holds it.
  var isDue: Bool {
    guard measured != .down, !isSucceeding, streak > 0 else { return false }
    return streak >= neededFailures
  }

  /// In a row, to take it down.
  var neededFailures: UInt16 { measured == .unknown && thresholds.kind == .probed ? 1 : thresholds.fall }

  // MARK: Results

  mutating func apply(_ result: ProbeResult, at moment: Moment) {
    reason = result.reason
    certificateExpiry = result.certificateExpiry ?? certificateExpiry
    // What the prober could not do says nothing about the member.
    guard result.reason.kind != .local else { return }
    let before = state
    administer(result.report)
    if result.isSuccess {
      succeed(result, at: moment)
    } else {
      fail(isMute: result.isMute, at: moment)
      // The member itself says so: its next report may be long in coming.
      if thresholds.kind == .heartbeat || isDue && !isMute { takeDown() }
    }
    settle(from: before, at: moment)
  }

  /// Takes it down, as results want.
  mutating func fall(at moment: Moment) {
    let before = state
    takeDown()
    settle(from: before, at: moment)
  }

  /// Undoes its last fall: the prober was wrong.
  mutating func recall(at moment: Moment) {
    guard measured == .down else { return }
    measured = measuredBefore
    reason = .doubt
    since = state == .down ? since : moment
  }

  /// Counts anew, if nothing came back: the prober was wrong.
  mutating func forgive(at moment: Moment) {
    guard measured != .down, isMute else { return }
    streak = 0
    leaseStart = moment
  }

  private mutating func administer(_ report: LoadReport) {
    if let weight = report.weight { self.report.weight = weight }
    switch report.administration {
    case .ready, .drain, .maint: administration = report.administration ?? administration
    case .up, .down, .fail, .stopped, nil: break
    }
  }

  private mutating func succeed(_ result: ProbeResult, at moment: Moment) {
    if measured != .up { smoothedTime = 0 }
    let isLate = leaseStart.adding(nanoseconds: thresholds.lease) < moment
    if thresholds.kind == .heartbeat, isLate { isSucceeding = false }
    count(true, at: moment)
    isMute = false
    lastSuccess = moment
    leaseStart = moment
    report.connections = result.report.connections
    report.load = result.report.load
    if let time = result.responseTime {
      let milliseconds = max(Double(time.wholeNanoseconds) / 1_000_000, 0.001)
      smoothedTime += (milliseconds - smoothedTime) * (smoothedTime == 0 ? 1 : 0.125)
    }
    if measured == .unknown || measured == .down && streak >= thresholds.rise { measured = .up }
  }

  private mutating func fail(isMute: Bool, at moment: Moment) {
    count(false, at: moment)
    self.isMute = isMute
    lastFailure = moment
  }

  private mutating func count(_ isSuccess: Bool, at moment: Moment) {
    if isSucceeding == isSuccess, streak > 0 {
      streak = min(streak + 1, Self.longestStreak)
    } else {
      streak = 1
      streakStart = moment
    }
    isSucceeding = isSuccess
  }

  private mutating func takeDown() {
    guard measured != .down else { return }
    measuredBefore = measured
    measured = .down
  }

  private mutating func settle(from before: MemberInput.State, at moment: Moment) {
    guard state != before else { return }
    since = moment
    if state == .up, before == .down {
      ramp.start(over: thresholds.slowStart, at: moment)
    } else {
      ramp.end()
    }
  }
}

extension TargetHealth {
  // MARK: Time

  /// When time alone changes something; the end of time: it does not.
  var deadline: Moment {
    let share = ramp.next ?? Moment.end
    guard thresholds.kind == .heartbeat, measured != .down else { return share }
    return min(share, leaseStart.adding(nanoseconds: thresholds.interval))
  }

  /// Does what is due by then: shares that grow, and reports that were missed, each of which is a failure.
  mutating func advance(to moment: Moment) {
    ramp.advance(to: moment)
    guard thresholds.kind == .heartbeat, measured != .down else { return }
    let missed = moment.nanoseconds(since: leaseStart) / thresholds.interval
    guard missed > 0 else { return }
    leaseStart = leaseStart.adding(nanoseconds: missed * thresholds.interval)
    for _ in 0..<min(missed, Int64(Self.longestStreak)) { fail(isMute: true, at: moment) }
    reason = .silence
  }
}

extension Reason {
  fileprivate static var silence: Reason { Reason(.lease, "no report in time") }
  fileprivate static var doubt: Reason { Reason(.local, "the prober was cut off") }
}
