import Glibc
internal import Logging

/// The connections of a control socket, and one turn after the other of what they have to say.
struct ControlExchange {
  typealias Instant = ContinuousClock.Instant

  /// Octets that are read at once.
  private static let readingSize = 16_384
  /// How long nobody is accepted after accepting has failed, as the system is out of something.
  private static let rest: Duration = .milliseconds(200)

  private let listener: OpenFile
  private let wake: OpenFile
  private let limits: ControlLimits
  private let logger: Logger
  private let taker: ControlServer.Taker
  private let handler: (_ client: Int, _ request: JSON) -> Void

  private var connections: [Int: ControlConnection] = [:]
  private var nextClient = 0
  private var acceptsFrom = Instant.now

  /// - Parameters:
  ///   - wake: an event that ends waiting.
  ///   - taker: takes a connection away, if it wants it.
  ///   - handler: takes a request of a client, by its number.
  init(
    listener: OpenFile, wake: OpenFile, limits: ControlLimits, logger: Logger,
    taker: @escaping ControlServer.Taker, handler: @escaping (_ client: Int, _ request: JSON) -> Void
  ) {
    self.listener = listener
    self.wake = wake
    self.limits = limits
    self.logger = logger
    self.taker = taker
    self.handler = handler
  }

  /// Begins to send replies, waits until something happens, and does it.
  mutating func turn(_ replies: [(client: Int, reply: ControlServer.Reply)]) {
    for (client, reply) in replies { answer(client, reply) }
    let clients = Array(connections.keys)
    let now = Instant.now
    let accepts = now >= acceptsFrom
    var requests = [
      pollfd(fd: wake.number, events: Int16(POLLIN), revents: 0),
      pollfd(fd: accepts ? listener.number : -1, events: Int16(POLLIN), revents: 0),
    ]
    requests += clients.map { client in
      let events =
        switch connections[client]?.state {
        case .reading: POLLIN
        case .writing: POLLOUT
        case .working, nil: 0 as Int32
        }
      return pollfd(
        fd: connections[client]?.socket.number ?? -1, events: Int16(events), revents: 0)
    }
    System.wait(for: &requests, milliseconds: patience(from: now, accepts))
    if requests[0].revents != 0 { System.reset(wake) }
    for (client, request) in zip(clients, requests.dropFirst(2)) where request.revents != 0 {
      serve(client, isGone: Int32(request.revents) & (POLLHUP | POLLERR) != 0)
    }
    // Last, so that its numbers are not mixed up with those that were waited for.
    if requests[1].revents != 0 { accept() }
    giveUpOverdue()
  }

  /// Until the next deadline, in milliseconds.
  private func patience(from now: Instant, _ accepts: Bool) -> Int32 {
    var next = connections.values.compactMap(\.deadline).min()
    if !accepts { next = min(next ?? acceptsFrom, acceptsFrom) }
    guard let next else { return -1 }
    // Rounded up, or it would be waited for in ever smaller steps.
    let milliseconds = (next - now) / .milliseconds(1)
    return Int32(max(0, min(milliseconds.rounded(.up), 1_000_000)))
  }

  private var deadline: Instant { .now + limits.patience }

  // MARK: One client

  private mutating func serve(_ client: Int, isGone: Bool) {
    guard var connection = connections[client] else { return }
    switch connection.state {
    case .reading:
      connection.receive(System.receive(connection.socket, limit: Self.readingSize))
      goOn(client, connection)
    case .working:
      // Nobody is left to read the reply.
      if isGone { connections[client] = nil }
    case .writing:
      goOn(client, connection.flush(next: deadline) ? connection : nil)
    }
  }

  private mutating func answer(_ client: Int, _ reply: ControlServer.Reply) {
    guard var connection = connections[client] else { return }
    goOn(client, send(reply(), over: &connection) ? connection : nil)
  }

  /// Hands over the next request if it is awaited and there, and keeps the connection; nil: closes it.
  private mutating func goOn(_ client: Int, _ connection: ControlConnection?) {
    guard var connection else {
      connections[client] = nil
      return
    }
    while let request = nextRequest(from: &connection) {
      switch request {
      case .success(let request):
        if taker(request, connection.socket) {
          connections[client] = nil
          return
        }
        connections[client] = connection
        handler(client, request)
        return
      case .failure(let mistake):
        guard send(.failure(mistake.message), over: &connection, isLast: mistake.isLast) else {
          connections[client] = nil
          return
        }
      }
    }
    connections[client] = connection.isDone ? nil : connection
  }

  private struct Mistake: Error {
    let message: String
    var isLast = false
  }

  private func nextRequest(from connection: inout ControlConnection) -> Result<JSON, Mistake>? {
    do throws(ControlConnection.TooLong) {
      guard let line = try connection.takeRequest(limit: limits.requestLength) else { return nil }
      do throws(JSONReader.Mistake) {
        return .success(try JSONReader.read(line))
      } catch {
        return .failure(Mistake(message: error.description))
      }
    } catch {
      // Where the next one begins is not known.
      let message = "a request is a line of at most \(limits.requestLength) octets"
      return .failure(Mistake(message: message, isLast: true))
    }
  }

  /// - Returns: false: the connection is of no use any more.
  private func send(_ json: JSON, over connection: inout ControlConnection, isLast: Bool = false) -> Bool {
    let octets = Array((json.text + "\n").utf8)
    guard connections.values.reduce(octets.count, { $0 + $1.outputCount }) <= limits.replyOctets else {
      logger.warning("a client of the control socket was closed: too many replies wait to be read")
      return false
    }
    connection.reply(octets, until: deadline, isLast: isLast)
    return connection.flush(next: deadline)
  }

  // MARK: All clients

  private mutating func accept() {
    while true {
      do throws(SystemError) {
        guard let socket = try System.accept(listener) else { return }
        add(socket)
      } catch {
        logger.warning("the control socket rests", metadata: ["reason": "\(error)"])
        acceptsFrom = .now + Self.rest
        return
      }
    }
  }

  private mutating func add(_ socket: OpenFile) {
    if connections.count >= limits.connections {
      let idle = connections.filter { $0.value.state == .reading }
      guard let oldest = idle.min(by: { ($0.value.deadline ?? .now) < ($1.value.deadline ?? .now) }) else {
        let refusal = JSON.failure("\(limits.connections) clients are connected already").text + "\n"
        _ = System.send(socket, Array(refusal.utf8)[...])
        return
      }
      connections[oldest.key] = nil
    }
    connections[nextClient] = ControlConnection(socket, until: deadline)
    nextClient += 1
  }

  private mutating func giveUpOverdue() {
    let now = Instant.now
    connections = connections.filter { $0.value.deadline.map { $0 > now } ?? true }
  }
}

extension JSON {
  /// The reply that says what was wrong with a request.
  static func failure(_ message: String) -> JSON {
    .object([("ok", .boolean(false)), ("error", .string(message))])
  }

  /// The reply to a request that was done.
  static func success(_ members: [(String, JSON)]) -> JSON { .object([("ok", .boolean(true))] + members) }
}
