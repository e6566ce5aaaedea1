/// A time of a clock that is never set and goes on from start to stop of a process.
public struct Moment: Comparable, Hashable, Sendable {
  /// Since an origin that differs from process to process.
  public var nanoseconds: Int64

  public init(nanoseconds: Int64) { self.nanoseconds = nanoseconds }

  public static func < (one: Moment, other: Moment) -> Bool { one.nanoseconds < other.nanoseconds }

  /// Later by `duration`, or at the ends of time where that is past them.
  public static func + (moment: Moment, duration: Duration) -> Moment {
    moment.adding(nanoseconds: duration.wholeNanoseconds)
  }

  /// How long after `earlier` this is; negative where it is before it.
  public static func - (moment: Moment, earlier: Moment) -> Duration {
    .nanoseconds(moment.nanoseconds(since: earlier))
  }

  /// The latest that there is.
  static var end: Moment { Moment(nanoseconds: .max) }

  func adding(nanoseconds: Int64) -> Moment {
    Moment(nanoseconds: self.nanoseconds.addingSaturating(nanoseconds))
  }

  func nanoseconds(since earlier: Moment) -> Int64 {
    nanoseconds.subtractingSaturating(earlier.nanoseconds)
  }
}

extension Duration {
  /// Rounded toward zero, and within what 64 bits hold, which is 292 years.
  public var wholeNanoseconds: Int64 {
    let (seconds, attoseconds) = components
    let (product, isPast) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
    let (sum, isSumPast) = product.addingReportingOverflow(attoseconds / 1_000_000_000)
    return isPast || isSumPast ? (seconds < 0 ? .min : .max) : sum
  }
}
