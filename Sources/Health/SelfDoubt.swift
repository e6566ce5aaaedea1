/// When and why the prober doubts itself.
struct SelfDoubt: Sendable {
  /// From when on results are evidence.
  struct Evidence: Sendable {
    /// Failures of which nothing came back: while the prober may have been cut off.
    var silence: Moment
    /// All others: those before only say that it was not cut off yet.
    var answers: Moment
  }

  /// Since when; nil: it does not.
  private(set) var beginning: Moment?
  /// What it has doubted itself by; what it is to think about next; nil: there is no reason to.
  private(set) var evidence: Evidence?
  private var lastThought: Moment?
  /// When it last trusted itself again.
  private var lastEnd: Moment?

  /// Nanoseconds between thoughts, as each looks at all targets.
  private static let rest: Int64 = 10_000_000

  /// When it wants to think, if not before.
  var next: Moment? {
    guard evidence != nil, beginning == nil else { return nil }
    return lastThought.map { $0.adding(nanoseconds: Self.rest) }
  }

  /// Whether there is something to think about, and it is time to.
  func isReady(at moment: Moment) -> Bool {
    guard evidence != nil else { return false }
    return lastThought.map { moment.nanoseconds(since: $0) >= Self.rest || moment < $0 } ?? true
  }

  /// Reason to think: a target fell, or is about to, as nothing comes back.
  mutating func notice(_ health: TargetHealth, at moment: Moment) {
    let interval = health.thresholds.interval
    // One interval more than its failures took, for those whose turn came a little before.
    let span = interval * Int64(health.thresholds.fall + 1) + health.thresholds.timeout
    // When one failure decides, others are given an interval to be heard in; else its own failures took long enough,
    // unless its first probes followed each other quickly.
    let hearing = health.neededFailures == 1 ? interval : interval / 2
    let silence = moment.adding(nanoseconds: -span)
    let answers = min(health.streakStart, moment.adding(nanoseconds: -hearing))
    evidence = Evidence(
      silence: min(evidence?.silence ?? silence, silence), answers: min(evidence?.answers ?? answers, answers)
    )
  }

  /// Whether a failure that takes so long may have begun while it doubted itself.
  func reaches(_ moment: Moment, timeout: Int64) -> Bool {
    guard beginning == nil else { return true }
    return lastEnd.map { moment <= $0.adding(nanoseconds: timeout + Self.rest) } ?? false
  }

  /// From now on answers count that come later: they are what ends it.
  mutating func begin(at moment: Moment) {
    beginning = moment
    evidence?.answers = moment
    lastThought = moment
  }

  /// It goes on as before.
  mutating func goOn(at moment: Moment) {
    if beginning == nil { evidence = nil }
    lastThought = moment
  }

  mutating func end(at moment: Moment) {
    beginning = nil
    lastEnd = moment
    goOn(at: moment)
  }
}
