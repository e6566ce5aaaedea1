import Glibc
internal import Logging
import Synchronization

/// Talks to the clients of a control socket, on a thread of its own: each line they send is a request in JSON, and
/// has a line in JSON as its reply, in the same order. No client holds up another, or makes the server grow.
final class ControlServer: Sendable {
  /// Makes the reply; called on the server's thread, as a long one takes a while to be written out.
  typealias Reply = @Sendable () -> JSON
  /// Takes a request, and then a reply once, from whichever thread.
  typealias Handler =
    @Sendable (_ request: JSON, _ reply: @escaping @Sendable (@escaping Reply) -> Void) -> Void

  private struct Mailbox {
    var replies: [(client: Int, reply: Reply)] = []
    var isStopped = false
  }

  /// Takes a connection with its request away from the server, if it wants it: returns whether it does.
  typealias Taker = @Sendable (_ request: JSON, _ connection: OpenFile) -> Bool

  private let mailbox = Mutex(Mailbox())
  private let wake: OpenFile
  /// Triggered when the thread has ended.
  private let end: OpenFile

  /// Serves until it is stopped.
  init(
    _ socket: ControlSocket, limits: ControlLimits = ControlLimits(), logger: Logger,
    taker: @escaping Taker = { _, _ in false }, handler: @escaping Handler
  ) throws(SystemError) {
    wake = try System.event()
    end = try System.event()
    BackgroundThread.start { [self] in
      do {
        var exchange = ControlExchange(
          listener: socket.listener, wake: wake, limits: limits, logger: logger, taker: taker
        ) { client, request in
          handler(request) { [self] reply in post(reply, to: client) }
        }
        while let replies = collect() { exchange.turn(replies) }
      }
      System.trigger(end)
    }
  }

  /// Closes all connections; replies that are on their way are cut short.
  func stop() {
    mailbox.withLock { $0.isStopped = true }
    System.trigger(wake)
  }

  /// Returns when it has stopped, and takes no connection any more.
  func waitForEnd() {
    var requests = [pollfd(fd: end.number, events: Int16(POLLIN), revents: 0)]
    while requests[0].revents == 0 { System.wait(for: &requests, milliseconds: -1) }
  }

  private func post(_ reply: @escaping Reply, to client: Int) {
    mailbox.withLock { $0.replies.append((client, reply)) }
    System.trigger(wake)
  }

  /// The replies since the last time; nil: the server is stopped.
  private func collect() -> [(client: Int, reply: Reply)]? {
    mailbox.withLock { mailbox in
      defer { mailbox.replies = [] }
      return mailbox.isStopped ? nil : mailbox.replies
    }
  }
}
