// Unsafe file. clock_gettime(2) fills a structure that is passed by pointer.
import Glibc

extension System {
  /// Wall clock time in nanoseconds since 1970.
  static var wallClock: Int64 { clock(CLOCK_REALTIME) }

  /// The wall clock that the kernel stamps files with. It lags behind by up to a timer tick, so a file
  /// stamped at or after a reading of it may have been written after that reading.
  static var fileClock: Int64 { clock(CLOCK_REALTIME_COARSE) }

  private static func clock(_ clock: clockid_t) -> Int64 {
    var now = timespec()
    _ = unsafe clock_gettime(clock, &now)
    return Int64(now.tv_sec) * 1_000_000_000 + Int64(now.tv_nsec)
  }
}
