internal import Answering
internal import DNSWire
internal import Logging
internal import Transport

/// Takes events one by one, and is the only one to change what is served. Whatever takes long runs aside
/// and comes back as an event, so that a signal never waits for a load.
struct ControlLoop {
  private let settings: ServerSettings
  private let listeners: Listeners
  private let logger: Logger
  private let events: AsyncStream<ControlEvent>.Continuation
  private let begin = ContinuousClock.now

  private var table: ZoneTable
  private var requests = ReloadRequests()
  /// Nil until the first load has ended.
  private var running: (publisher: SnapshotPublisher, dataPlane: DataPlane)?

  init(
    _ settings: ServerSettings, _ listeners: Listeners, _ logger: Logger,
    events: AsyncStream<ControlEvent>.Continuation
  ) {
    self.settings = settings
    self.listeners = listeners
    self.logger = logger
    self.events = events
    table = ZoneTable(
      workers: DataPlane.workerCount(endpoints: listeners.endpoints.count, threads: listeners.threads))
  }

  /// Runs until a signal or a failure ends the server.
  mutating func run(_ stream: AsyncStream<ControlEvent>) async -> ExitStatus {
    if requests.request() { load() }
    for await event in stream {
      do throws(StartFailure) {
        switch event {
        case .signal(.hangUp):
          if requests.request() {
            logger.info("SIGHUP: looking for changed zones")
            load()
          } else {
            logger.info("SIGHUP: will look for changed zones again when this load has ended")
          }
        case .signal(.user1):
          logStatus()
        case .signal(.terminate), .signal(.interrupt):
          await stop()
          return .success
        case .loadEnded(let result):
          try await take(result)
          if requests.end() { load() }
        }
      } catch {
        logger.critical("\(error)")
        return .failure
      }
    }
    return .success
  }

  /// Begins a pass over the zones folder; its end is an event.
  private func load() {
    let reload = ZoneReload(folder: settings.zones, threads: System.cores, logger: logger)
    let (table, events) = (table, events)
    Task {
      do throws(ZoneFolder.Unusable) {
        events.yield(.loadEnded(.success(try await reload.run(from: table))))
      } catch {
        events.yield(.loadEnded(.failure(error)))
      }
    }
  }

  private mutating func take(
    _ result: Result<ZoneReload.Summary, ZoneFolder.Unusable>
  ) async throws(StartFailure) {
    switch result {
    case .failure(let error) where running == nil:
      throw StartFailure(error.description)
    case .failure(let error):
      logger.error("reload refused, everything stays as it was: \(error)")
    case .success(let summary):
      if let publisher = running?.publisher {
        await publish(summary, publisher)
      } else {
        try await start(summary)
      }
    }
  }

  private mutating func start(_ summary: ZoneReload.Summary) async throws(StartFailure) {
    let problems = summary.refused + summary.strays + summary.warnings
    if settings.strict, problems > 0 {
      throw StartFailure("not starting: --strict, and the zones have errors or warnings (see above)")
    }
    table = summary.table
    let (table, answers, listeners) = (table, settings.answers, listeners)
    let workers = DataPlane.workerCount(endpoints: listeners.endpoints.count, threads: listeners.threads)
    typealias Running = (publisher: SnapshotPublisher, dataPlane: DataPlane)
    let result = await BackgroundThread.run { () -> Result<Running, StartError> in
      let publisher = SnapshotPublisher(Snapshot(zones: table.served, settings: answers), workers: workers)
      System.trimMemory()
      return Result { () throws(StartError) in (publisher, try DataPlane(listeners, publisher: publisher)) }
    }
    do {
      running = try result.get()
    } catch {
      throw StartFailure(error.description)
    }
    if table.brokenCount == table.count { logger.error("no zone is usable; all of them answer SERVFAIL") }
    logger.notice(
      "ready",
      metadata: contents.merging([
        "listen": "\(listeners.endpoints.map(\.description).joined(separator: ","))",
        "threads": "\(listeners.threads)", "time": "\(summary.duration.milliseconds)",
      ]) { $1 })
  }

  private mutating func publish(_ summary: ZoneReload.Summary, _ publisher: SnapshotPublisher) async {
    table = summary.table
    if summary.changesAnswers {
      let (table, answers) = (table, settings.answers)
      // Publishing waits for the workers, and frees what they have left.
      await BackgroundThread.run {
        publisher.publish(Snapshot(zones: table.served, settings: answers))
      }
    }
    if summary.loaded + summary.refused + summary.removed > 0 {
      await BackgroundThread.run { System.trimMemory() }
    }
    logger.notice(
      "reloaded",
      metadata: contents.merging([
        "loaded": "\(summary.loaded)", "refused": "\(summary.refused)", "removed": "\(summary.removed)",
        "time": "\(summary.duration.milliseconds)",
      ]) { $1 })
  }

  private func stop() async {
    logger.notice("stopping")
    if let dataPlane = running?.dataPlane { await BackgroundThread.run { dataPlane.stop() } }
    logger.notice("stopped", metadata: ["uptime": "\(uptime)"])
  }

  private func logStatus() {
    logger.notice("status", metadata: contents.merging(["uptime": "\(uptime)"]) { $1 })
    guard let running else { return }
    let totals = running.publisher.totals()
    logger.notice("status of answers", metadata: StatusFields.of(totals))
    logger.notice("status of sockets", metadata: StatusFields.of(running.dataPlane.counters()))
  }

  private var contents: Logger.Metadata {
    ["zones": "\(table.count)", "broken": "\(table.brokenCount)", "records": "\(table.recordCount)"]
  }

  private var uptime: String { "\((ContinuousClock.now - begin).components.seconds)s" }
}
