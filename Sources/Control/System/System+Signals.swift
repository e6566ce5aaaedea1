// Unsafe file. Signal sets are passed by pointer.
import Glibc

extension System {
  /// Holds back our signals in the calling thread and in all that it starts from now on, so that only
  /// `waitForSignal()` takes them, and makes writing to a closed pipe an error instead of a signal.
  static func holdSignals() {
    var signals = signalSet
    _ = unsafe pthread_sigmask(SIG_BLOCK, &signals, nil)
    _ = signal(SIGPIPE, SIG_IGN)
  }

  /// Waits until one of our signals comes.
  static func waitForSignal() -> Signal {
    var signals = signalSet
    while true {
      var number: Int32 = 0
      if unsafe sigwait(&signals, &number) == 0, let signal = Signal(number: number) { return signal }
    }
  }

  private static var signalSet: sigset_t {
    var signals = sigset_t()
    _ = unsafe sigemptyset(&signals)
    for signal in Signal.allCases { _ = unsafe sigaddset(&signals, signal.number) }
    return signals
  }
}
