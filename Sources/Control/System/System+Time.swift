// Unsafe file. clock_gettime(2) fills a structure that is passed by pointer.
import Glibc

extension System {
  /// Wall clock time in nanoseconds since 1970. Linux lets nobody set the clock to a time that 64 bits do
  /// not hold so.
  static var wallClock: Int64 {
    var now = timespec()
    _ = unsafe clock_gettime(CLOCK_REALTIME, &now)
    return Int64(now.tv_sec) * 1_000_000_000 + Int64(now.tv_nsec)
  }
}
