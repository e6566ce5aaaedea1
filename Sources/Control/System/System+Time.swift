internal import CLinux

extension System {
  /// Wall clock time in nanoseconds since 1970. Linux lets nobody set the clock to a time that 64 bits do
  /// not hold so.
  static var wallClock: Int64 { cl_wall_nanoseconds() }

  /// Sleeps, or less when a signal comes. For threads that nobody else uses.
  static func nap(milliseconds: Int32) { cl_nap(Int64(milliseconds) * 1000) }
}
