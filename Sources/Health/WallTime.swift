/// A time of the clock that people read, which may be set, and means the same in another process.
public struct WallTime: Comparable, Hashable, Sendable {
  /// Since 1970, in UTC.
  public var nanoseconds: Int64

  public init(nanoseconds: Int64) { self.nanoseconds = nanoseconds }

  public static func < (one: WallTime, other: WallTime) -> Bool { one.nanoseconds < other.nanoseconds }

  /// Later by `duration`, or at the ends of time where that is past them.
  public static func + (time: WallTime, duration: Duration) -> WallTime {
    WallTime(nanoseconds: time.nanoseconds.addingSaturating(duration.wholeNanoseconds))
  }

  /// How long after `earlier` this is; negative where it is before it.
  public static func - (time: WallTime, earlier: WallTime) -> Duration {
    .nanoseconds(time.nanoseconds.subtractingSaturating(earlier.nanoseconds))
  }
}
