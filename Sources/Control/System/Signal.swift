import Glibc

/// The signals that mean something to the server.
enum Signal: CaseIterable, Sendable {
  /// Reload what changed.
  case hangUp
  /// Drain and leave.
  case terminate
  /// Drain and leave, as the terminal asks for it.
  case interrupt
  /// Log a status summary.
  case user1

  var number: Int32 {
    switch self {
    case .hangUp: SIGHUP
    case .terminate: SIGTERM
    case .interrupt: SIGINT
    case .user1: SIGUSR1
    }
  }

  init?(number: Int32) {
    guard let signal = Signal.allCases.first(where: { $0.number == number }) else { return nil }
    self = signal
  }
}
