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
    let doors = Doors(preparation, logger, events: continuation, recent: recent)
    do {
      // Until the other process leaves, it is that one that is asked.
      if preparation.takeover == nil { try doors.open() }
    } catch {
      logger.critical("\(error)")
      doors.remove()
      return .failure
    }
    MainThread.run {
      defer { doors.remove() }
      do {
        var control = try ControlLoop(
          settings, preparation.listeners, logger, events: continuation, recent: recent, doors: doors,
          takeover: preparation.takeover)
        return await control.run(events)
      } catch {
        logger.critical("\(error)")
        return .failure
      }
    } meanwhile: {
      continuation.yield(.signal(System.waitForSignal()))
    }
  }
}
