/// When and why the prober doubts itself.
struct SelfDoubt: Sendable {
  /// Since when; nil: it does not.
  private(set) var beginning: Moment?
  /// Since when results count.
  private(set) var horizon = Moment(nanoseconds: .min)
  /// How far to look back when it thinks about it next, in nanoseconds; 0: there is no reason to.
  private var span: Int64 = 0
  private var lastThought: Moment?

  /// Nanoseconds between thoughts, as each looks at all targets.
  private static let rest: Int64 = 10_000_000

  /// When it wants to think, if not before.
  var next: Moment? {
    guard span > 0, beginning == nil else { return nil }
    return lastThought.map { $0.adding(nanoseconds: Self.rest) }
  }

  func isRested(at moment: Moment) -> Bool {
    lastThought.map { moment.nanoseconds(since: $0) >= Self.rest || moment < $0 } ?? true
  }

  /// Reason to think: a target of those thresholds fell, or is about to. Looks back over the time that its results
  /// took, in which each target of such a check had its turn.
  mutating func lookBack(over thresholds: Thresholds) {
    span = max(span, thresholds.interval * Int64(max(thresholds.fall, 2)) + thresholds.timeout)
  }

  /// Since when results count; nil: there is no reason to think, or it has just done so.
  mutating func horizonToConsider(at moment: Moment) -> Moment? {
    guard span > 0, isRested(at: moment) else { return nil }
    defer { rest(at: moment) }
    return moment.adding(nanoseconds: -span)
  }

  mutating func begin(at moment: Moment, horizon: Moment) {
    beginning = moment
    self.horizon = horizon
  }

  mutating func end(at moment: Moment) {
    beginning = nil
    rest(at: moment)
  }

  mutating func rest(at moment: Moment) {
    span = 0
    lastThought = moment
  }
}
