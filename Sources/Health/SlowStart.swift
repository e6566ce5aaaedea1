/// The share of a member that was down grows from a tenth to all, evenly, in nine steps of a tenth.
struct SlowStart: Equatable, Sendable {
  /// Nil: not in progress.
  private(set) var beginning: Moment?
  /// In nanoseconds, up to a day.
  private var length: Int64 = 0
  /// Tenths, 1...10.
  private var tenths: Int64 = 10

  /// 0.1 ... 1.
  var share: Double { Double(tenths) / 10 }

  /// When the share grows next.
  var next: Moment? {
    // Rounded up, so that the step has come by then.
    beginning?.adding(nanoseconds: (length * tenths + 8) / 9)
  }

  /// Begins; with a length of 0 the share is at once all.
  mutating func start(over length: Int64, at moment: Moment) {
    self.length = length
    beginning = moment
    tenths = 1
    advance(to: moment)
  }

  mutating func end() { self = SlowStart() }

  mutating func advance(to moment: Moment) {
    guard let beginning else { return }
    let elapsed = max(0, moment.nanoseconds(since: beginning))
    guard elapsed < length else { return end() }
    tenths = max(tenths, 1 + elapsed * 9 / length)
  }
}
