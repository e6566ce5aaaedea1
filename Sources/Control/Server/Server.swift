internal import Logging
internal import Transport
internal import Web

/// The server as a process, from settings to the end.
public enum Server {
  /// Serves until a signal ends it, and the process with it. Returns only when it cannot start.
  public static func run(_ configuration: Configuration, zones: String) -> ExitStatus {
    System.fillStandardDescriptors()
    // Before anything may start a thread: threads inherit which signals are held back.
    System.holdSignals()
    System.returnLargeBlocks()
    let settings = ServerSettings(configuration, zones: zones)
    let writer = LogWriter(descriptor: 2)
    let logger = Logger(label: "swiftlet") { _ in LineLogHandler(writer: writer, logLevel: settings.logLevel)
    }
    let preparation: Preparation
    do {
      preparation = try Preparation(settings, logger)
    } catch {
      logger.critical("\(error)")
      return .failure
    }
    logger.info("starting", metadata: ["version": "\(Version.text)", "folder": "\(settings.zones)"])
    let (events, continuation) = AsyncStream.makeStream(of: ControlEvent.self)
    let recent = RecentEvents()
    do {
      try preparation.control.map { control throws(SystemError) in
        try takeRequests(at: control, logger, events: continuation)
      }
      try preparation.beats.map { socket, token throws(SystemError) in
        try takeBeats(at: socket, token: token, logger, events: continuation)
      }
      if let web = preparation.web {
        let observatory = try Observatory(continuation, recent)
        web.serve(by: observatory.respond)
      }
    } catch {
      logger.critical("\(error)")
      preparation.remove()
      return .failure
    }
    MainThread.run {
      defer { preparation.remove() }
      do {
        var control = try ControlLoop(
          settings, preparation.listeners, logger, events: continuation, recent: recent)
        return await control.run(events)
      } catch {
        logger.critical("\(error)")
        return .failure
      }
    } meanwhile: {
      continuation.yield(.signal(System.waitForSignal()))
    }
  }

  private static func takeRequests(
    at socket: ControlSocket, _ logger: Logger, events: AsyncStream<ControlEvent>.Continuation
  ) throws(SystemError) {
    _ = try ControlServer(socket, logger: logger) { json, reply in
      do throws(RequestFields.Mistake) {
        events.yield(.request(try ControlRequest(json), reply))
      } catch {
        reply { .failure(error.message) }
      }
    }
    logger.info("taking requests", metadata: ["control": "\(socket.path)"])
  }

  private static func takeBeats(
    at socket: ControlSocket, token: String, _ logger: Logger, events: AsyncStream<ControlEvent>.Continuation
  ) throws(SystemError) {
    _ = try ControlServer(socket, logger: logger) { json, reply in
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
  }
}
