internal import Logging
import Synchronization
internal import Web

/// The sockets at which a server takes requests and beats and is watched, and who serves them. Another process may take them over.
final class Doors: Sendable {
  private struct State {
    var preparation: Preparation
    var servers: [ControlServer] = []
    /// The process that is taking over.
    var heir: Int32?
  }

  private let state: Mutex<State>
  private let logger: Logger
  private let events: AsyncStream<ControlEvent>.Continuation
  private let recent: RecentEvents

  init(
    _ preparation: Preparation, _ logger: Logger, events: AsyncStream<ControlEvent>.Continuation,
    recent: RecentEvents
  ) {
    state = Mutex(State(preparation: preparation))
    self.logger = logger
    self.events = events
    self.recent = recent
  }

  /// Begins to take requests.
  func open() throws(SystemError) {
    let (control, beats, web) = state.withLock {
      ($0.preparation.control, $0.preparation.beats, $0.preparation.web)
    }
    if let control { keep(try takeRequests(at: control)) }
    if let (socket, token) = beats { keep(try takeBeats(at: socket, token: token)) }
    if let web {
      let observatory = try Observatory(events, recent)
      web.serve(by: observatory.respond)
    }
  }

  private func keep(_ server: ControlServer) { state.withLock { $0.servers.append(server) } }

  private func takeRequests(
    at socket: ControlSocket
  ) throws(SystemError) -> ControlServer {
    let events = events
    let taker: ControlServer.Taker = { [self] request, connection in
      guard Handover.isMeant(by: request) else { return false }
      let handover = Handover(connection, request, self, logger, events: events)
      Task { await handover.run() }
      return true
    }
    let server = try ControlServer(socket, logger: logger, taker: taker) { json, reply in
      do throws(RequestFields.Mistake) {
        events.yield(.request(try ControlRequest(json), reply))
      } catch {
        reply { .failure(error.message) }
      }
    }
    logger.info("taking requests", metadata: ["control": "\(socket.path)"])
    return server
  }

  private func takeBeats(
    at socket: ControlSocket, token: String
  ) throws(SystemError) -> ControlServer {
    let events = events
    let server = try ControlServer(socket, logger: logger) { json, reply in
      do throws(RequestFields.Mistake) {
        let request = try ControlRequest(json)
        guard case .beat(let beat) = request else {
          return reply { .failure("nothing but beat can be done at this socket") }
        }
        guard let given = beat.token, BeatToken.isSame(given, token) else {
          return reply { .failure("the token is \(beat.token == nil ? "missing" : "not the right one")") }
        }
        events.yield(.request(request, reply))
      } catch {
        reply { .failure(error.message) }
      }
    }
    logger.info("taking beats", metadata: ["beats": "\(socket.path)"])
    return server
  }

  // MARK: Taking over from another process

  /// What is passed, and not ours yet.
  var passed: [HandoverMessage.Part] { state.withLock { $0.preparation.passed } }

  /// Has what the other process has left behind from now on, and begins to take requests.
  func takeOver() {
    state.withLock { $0.preparation.take(logger) }
    do throws(SystemError) { try open() } catch { logger.error("\(error)") }
  }

  // MARK: Being taken over from

  /// What is passed to a process that takes over.
  var parts: [(part: HandoverMessage.Part, number: Int32)] {
    state.withLock { $0.preparation.parts }
  }

  /// - Returns: nil, or the process to which it is promised already.
  func promise(to process: Int32) -> Int32? {
    state.withLock { state in
      if let heir = state.heir { return heir }
      state.heir = process
      return nil
    }
  }

  func takeBackPromise() { state.withLock { $0.heir = nil } }

  /// Takes no more requests, and leaves to the other process what it keeps.
  func close(keeping kept: Set<HandoverMessage.Part>) {
    let (servers, preparation) = state.withLock { ($0.servers, $0.preparation) }
    preparation.web?.stop()
    for server in servers { server.stop() }
    for server in servers { server.waitForEnd() }
    preparation.release(kept)
  }

  /// Removes what is left in the file system and is ours.
  func remove() { state.withLock { $0.preparation }.remove() }
}
