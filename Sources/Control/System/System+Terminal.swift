// Unsafe file. ioctl(2) fills a structure that is passed by pointer, and so do calls for signal sets; the handler of a signal calls nothing but what
// may be called in one.
import Glibc

extension System {
  /// Lines and columns of a terminal; nil: the descriptor is none.
  static func terminalSize(_ descriptor: Int32) -> (lines: Int, columns: Int)? {
    var size = winsize()
    guard isatty(descriptor) == 1 else { return nil }
    guard unsafe ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_row > 0, size.ws_col > 0 else {
      return (24, 80)
    }
    return (Int(size.ws_row), Int(size.ws_col))
  }

  /// Lets an interrupt from the terminal end the process as having done what it was to do.
  static func leaveOnInterrupt() {
    _ = Glibc.signal(SIGINT) { _ in _exit(0) }
    // Who started the process may have held it back.
    var interrupt = sigset_t()
    _ = unsafe sigemptyset(&interrupt)
    _ = unsafe sigaddset(&interrupt, SIGINT)
    _ = unsafe pthread_sigmask(SIG_UNBLOCK, &interrupt, nil)
  }
}
