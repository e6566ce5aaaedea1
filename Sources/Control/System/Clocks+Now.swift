internal import Health
internal import Probing

extension Clocks {
  static var now: Clocks { Clocks(.now, WallTime(nanoseconds: System.wallClock)) }

  /// A moment by the clock that people read, in seconds since 1970.
  func seconds(of moment: Moment) -> Int { (wall + (moment - self.moment)).seconds }
}

extension WallTime {
  /// Since 1970.
  var seconds: Int { Int(nanoseconds / 1_000_000_000) }
}
