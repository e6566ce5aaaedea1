import Glibc
internal import Health
internal import Probing

/// The service manager that has started the server and wants to be told how it is: systemd, by the protocol of
/// sd_notify(3), a few words in a datagram to a Unix socket.
///
/// To tell never fails, as the server goes on either way: what cannot be sent is lost.
struct ServiceManager: Sendable {
  enum Message: Equatable {
    /// Zones are served: for the first time, or again after `reloading`. With a line about it for people.
    case ready(String)
    case reloading
    case stopping
    /// It is this process from now on that the manager looks after.
    case mainProcess
    /// The server is not stuck.
    case alive
  }

  /// A path, or `@` and a name of Linux's abstract namespace; nil: nobody wants to be told.
  private let socket: String?
  /// How often to say `alive`: twice as often as the manager asks for. Nil: never.
  let heartbeat: Duration?

  /// - Parameter environment: the variables that the manager has set; nil where there is no such variable.
  init(environment: (String) -> String? = System.environment) {
    let place = environment("NOTIFY_SOCKET")
    socket = place.flatMap { ["/", "@"].contains($0.first) ? $0 : nil }
    // The variables are inherited: those of a parent process are not about this one.
    let isMeant = environment("WATCHDOG_PID").map { $0 == "\(getpid())" } ?? true
    let microseconds = environment("WATCHDOG_USEC").flatMap { Int64($0) } ?? 0
    heartbeat = socket != nil && isMeant && microseconds > 1 ? .microseconds(microseconds / 2) : nil
  }

  func tell(_ message: Message) {
    guard let socket else { return }
    System.send(Self.text(of: message), to: socket)
  }

  private static func text(of message: Message) -> String {
    switch message {
    case .ready(let status): "READY=1\nSTATUS=\(status)"
    // By the time, of CLOCK_MONOTONIC as moments are, a manager tells this reload from one before it.
    case .reloading: "RELOADING=1\nMONOTONIC_USEC=\(Moment.now.nanoseconds / 1_000)"
    case .stopping: "STOPPING=1"
    case .mainProcess: "MAINPID=\(getpid())"
    case .alive: "WATCHDOG=1"
    }
  }
}
