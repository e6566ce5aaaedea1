internal import Answering
internal import DNSWire
internal import Health
internal import Logging
internal import Probing
internal import Steering
internal import Transport

/// Takes events one by one, and is the only one to change what is served. Whatever takes long runs aside
/// and comes back as an event, so that a signal never waits for a load.
struct ControlLoop {
  let settings: ServerSettings
  private let listeners: Listeners
  let logger: Logger
  let events: AsyncStream<ControlEvent>.Continuation
  private let begin = ContinuousClock.now

  private(set) var table: ZoneTable
  /// What the zones were read with.
  private(set) var shared: SharedDefinitions
  /// Says where clients are; nil: nobody does.
  private(set) var locations: LocationFiles?
  let monitor: HealthMonitor
  let prober: Prober
  var keeper: PoolKeeper
  /// Nil: states are not kept.
  let stateKeeper: StateKeeper?
  /// Nil: queries are not logged.
  private let queryLogger: QueryLogger?
  /// When it is to be looked for news of health at the latest, and what waits for that; nil: when there is some.
  private var nextLook: (moment: Moment, timer: Task<Void, Never>)?
  /// What queries for explanations are answered from.
  private let generation: ServedGeneration
  /// What happened, for those who watch.
  let recent: RecentEvents
  private var tallies = ControlTallies()
  /// Whether zones were read and then all members checked, once.
  private var isReady = false
  var requests = ReloadRequests()
  /// Nil until the first load has ended.
  private(set) var running: (publisher: SnapshotPublisher, dataPlane: DataPlane)?
  /// Clients that wait for the load that runs, and those that wait for the next one.
  private var waiting: (now: [Reply], next: [Reply]) = ([], [])
  let manager = ServiceManager()

  let doors: Doors
  /// From whom the server takes over, until that is done.
  var takeover: Takeover?
  /// Whether another process is about to take over: what it has been told of members must stay as it is.
  var isHandingOver = false

  /// Gives a client its reply.
  typealias Reply = @Sendable (@escaping ControlServer.Reply) -> Void

  init(
    _ settings: ServerSettings, _ listeners: Listeners, _ logger: Logger,
    events: AsyncStream<ControlEvent>.Continuation, recent: RecentEvents, doors: Doors, takeover: Takeover?
  ) throws(StartFailure) {
    self.doors = doors
    self.takeover = takeover
    self.settings = settings
    self.listeners = listeners
    self.logger = logger
    self.events = events
    self.recent = recent
    shared = settings.shared
    locations = settings.locations.map { LocationFiles($0) }
    let monitor = HealthMonitor(isolation: settings.isolation) { events.yield(.healthChanged) }
    do {
      prober = try Prober(budget: settings.probeBudget, report: monitor.apply)
    } catch {
      throw StartFailure("cannot probe: \(error)")
    }
    self.monitor = monitor
    stateKeeper = settings.stateFile.map { StateKeeper(path: $0, monitor, logger) }
    // Another process goes on writing it until the end.
    let saved = takeover == nil ? stateKeeper?.read() : nil
    if let saved { monitor.restore(saved.overrides) }
    var probe: PoolKeeper.Probe = prober.update
    if !settings.probes { probe = { _, _ in } }
    keeper = PoolKeeper(
      monitor, logger, sink: EventSink(settings.onChange, logger, recent: recent),
      saved: saved?.targets ?? [],
      maximumAge: settings.stateMaxAge, probe: probe)
    let workers = listeners.workerCount
    queryLogger = try settings.queryLog.map { (targets) throws(StartFailure) in
      try QueryLogger(targets, workers: workers, identity: settings.answers.nsid, logger)
    }
    table = ZoneTable(workers: workers)
    generation = ServedGeneration(
      ServedGeneration.Value(zones: table) { zone, number in monitor.facts(of: number, in: zone) })
  }

  /// Runs until a signal or a failure ends the server.
  mutating func run(_ stream: AsyncStream<ControlEvent>) async -> ExitStatus {
    if requests.request() { load() }
    watchLocations()
    beginHeartbeats()
    watchProbes()
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
        case .healthChanged:
          await takeHealth()
        case .signal(.terminate), .signal(.interrupt):
          await stop()
          return .success
        case .request(let request, let reply):
          await handle(request, reply)
        case .observe(let watcher):
          watcher(observe())
        case .handover(.done):
          await leave()
          return .success
        case .handover(let event):
          await take(event)
        case .locationsReplaced(let path):
          reloadLocations(path)
        case .heartbeatDue:
          manager.tell(.alive)
        case .loadEnded(let result):
          try await take(result)
          endLoad(result)
        }
      } catch {
        logger.critical("\(error)")
        return .failure
      }
    }
    return .success
  }

  /// Replies when a load has ended that began after this.
  mutating func reload(_ reply: @escaping Reply) {
    if requests.request() {
      logger.info("reload asked for: looking for changed zones")
      waiting.now.append(reply)
      load()
    } else {
      waiting.next.append(reply)
    }
  }

  private mutating func endLoad(_ result: Result<ZoneReload.Summary, ZoneFolder.Unusable>) {
    manager.tell(.ready(summary))
    for reply in waiting.now {
      reply {
        switch result {
        case .success(let summary): summary.report.json
        case .failure(let error):
          .failure("refused, everything stays as it was: \(LogLine.escaped(error.description))")
        }
      }
    }
    waiting = (waiting.next, [])
    if requests.end() { load() }
  }

  var zoneReload: ZoneReload {
    ZoneReload(
      folder: settings.zones, shared: shared, locations: locations, threads: System.cores, monitor: monitor,
      logger: logger)
  }

  /// Begins a pass over the zones folder; its end is an event.
  private func load() {
    if running != nil { manager.tell(.reloading) }
    let (reload, table, events) = (zoneReload, table, events)
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
    tallies.note(result)
    switch result {
    case .failure(let error) where running == nil:
      throw StartFailure(error.description)
    case .failure(let error):
      logger.error("reload refused, everything stays as it was: \(error)")
    case .success(let summary):
      shared = summary.shared
      locations = summary.locations
      if let publisher = running?.publisher {
        await publish(summary, publisher)
      } else {
        try await start(summary)
      }
    }
  }

  private mutating func start(_ summary: ZoneReload.Summary) async throws(StartFailure) {
    let problems = summary.report.refused + summary.report.strays.count + summary.warnings
    if settings.strict, problems > 0 {
      throw StartFailure("not starting: --strict, and the zones have errors or warnings (see above)")
    }
    table = summary.table
    generation.value.zones = table
    try await takeState()
    // Orders of before a restart that have ended meanwhile.
    await endOrders()
    let explainer = QueryExplainer(generation: generation, settings: settings.answers)
    let (table, answers, listeners, rings) = (table, settings.answers, listeners, queryLogger?.rings)
    let replacements = keeper.update(to: table.live, at: .now)
    let workers = listeners.workerCount
    typealias Running = (publisher: SnapshotPublisher, dataPlane: DataPlane)
    let result = await BackgroundThread.run { () -> Result<Running, StartError> in
      let publisher = SnapshotPublisher(Snapshot(zones: table.served, settings: answers), workers: workers)
      publisher.replace(replacements)
      System.trimMemory()
      return Result { () throws(StartError) in
        (
          publisher,
          try DataPlane(listeners, publisher: publisher, explainer: explainer.respond, rings: rings)
        )
      }
    }
    do {
      running = try result.get()
    } catch {
      throw StartFailure(error.description)
    }
    tallies.notePublication()
    try await finishTakeover()
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
      let replacements = keeper.update(to: table.live, at: .now)
      // Publishing waits for the workers, and frees what they have left.
      await BackgroundThread.run {
        publisher.replace(replacements)
        publisher.publish(Snapshot(zones: table.served, settings: answers))
      }
      tallies.notePublication()
    }
    generation.value.zones = table
    let report = summary.report
    recent.add(report)
    if report.loaded + report.refused + report.removed > 0 {
      await BackgroundThread.run { System.trimMemory() }
    }
    logger.notice(
      "reloaded",
      metadata: contents.merging([
        "loaded": "\(report.loaded)", "refused": "\(report.refused)", "removed": "\(report.removed)",
        "time": "\(summary.duration.milliseconds)",
      ]) { $1 })
  }

  /// Takes what has become different of members' health to the answers, now or after a rest.
  private mutating func takeHealth() async {
    // Also where it has to rest first: a timer that has ended, and still counts as set, would be the last.
    nextLook?.timer.cancel()
    nextLook = nil
    if let rest = keeper.rest(at: .now) { return look(at: .now + rest) }
    let (replacements, isFlip, deadline) = keeper.takeChanges(at: .now)
    if let deadline { look(at: deadline) }
    await replace(replacements)
    if isFlip { await stateKeeper?.saveSoon() }
    await endOrders()
  }

  /// Takes back the orders that do not hold any more.
  private mutating func endOrders() async {
    let clocks = Clocks.now
    let ended = monitor.expire(at: clocks.wall)
    if !ended.isEmpty { await heed(ended.map(\.scope)) }
    for order in ended {
      logger.notice(
        "order has ended", metadata: ["member": "\(order.scope)", "order": "\(OrderStatus(order).verb)"])
      recent.add(
        "order-ended", "\(OrderStatus(order).order) of \(order.scope) has ended",
        details: OrderStatus(order).json)
    }
    lookForEnds(by: clocks)
  }

  /// Has orders end in time: looks within a minute while there are any that will, as the wall clock may be set.
  private mutating func lookForEnds(by clocks: Clocks) {
    if let expiry = monitor.nextExpiry { look(at: clocks.moment + min(expiry - clocks.wall, .seconds(60))) }
  }

  /// Puts an operator's order in force.
  ///
  /// - Returns: whether it has been kept for after a restart, as far as anything is.
  mutating func obey(_ order: Override) async throws(Overrides.Full) -> Bool {
    try monitor.order(order)
    await heed([order.scope])
    lookForEnds(by: .now)
    return await stateKeeper?.save() ?? true
  }

  /// Takes back what was ordered of a scope, and returns it, and whether that has been kept.
  mutating func takeBack(_ scope: Override.Scope) async -> (orders: [Override], isKept: Bool) {
    let orders = monitor.takeBack(scope)
    await heed([scope])
    return (orders, await stateKeeper?.save() ?? true)
  }

  private mutating func heed(_ scopes: [Override.Scope]) async {
    await replace(keeper.heed(scopes, at: .now))
  }

  private mutating func replace(_ replacements: [LivePools.Replacement]) async {
    guard let publisher = running?.publisher, !replacements.isEmpty else { return }
    tallies.replacements += replacements.count
    await BackgroundThread.run { publisher.replace(replacements) }
  }

  /// Looks for news of health at a time, if not before.
  private mutating func look(at moment: Moment) {
    if let nextLook, nextLook.moment <= moment { return }
    nextLook?.timer.cancel()
    let events = events
    let timer = Task {
      do { try await Task.sleep(for: max(moment - .now, .zero)) } catch { return }
      events.yield(.healthChanged)
    }
    nextLook = (moment, timer)
  }

  private func stop() async {
    logger.notice("stopping")
    manager.tell(.stopping)
    // Before the first zones are served, what is known is what the file has, and more of it than is known here.
    if running != nil { _ = await stateKeeper?.save() }
    await end { $0.stop() }
  }

  /// Ends all that runs.
  ///
  /// - Parameter answering: how answering ends.
  func end(_ answering: @escaping @Sendable (DataPlane) -> Void) async {
    if let dataPlane = running?.dataPlane { await BackgroundThread.run { answering(dataPlane) } }
    if let queryLogger { await BackgroundThread.run { queryLogger.stop() } }
    // Programs that check members end with it.
    let prober = prober
    await BackgroundThread.run { prober.stop() }
    logger.notice("stopped", metadata: ["uptime": "\(uptime)"])
  }

  private func logStatus() {
    logger.notice("status", metadata: contents.merging(["uptime": "\(uptime)"]) { $1 })
    logger.notice("status of probes", metadata: StatusFields.of(prober.counters))
    guard let running else { return }
    let totals = running.publisher.totals()
    logger.notice("status of answers", metadata: StatusFields.of(totals))
    logger.notice("status of sockets", metadata: StatusFields.of(running.dataPlane.counters()))
    if let counts = queryLogger?.counts {
      logger.notice(
        "status of query log", metadata: ["logged": "\(counts.logged)", "lost": "\(counts.lost)"])
    }
  }

  /// What questions are answered from.
  var view: LiveView { LiveView(table: table, pools: keeper.pools, monitor: monitor) }

  /// The server as it is now. Costs next to nothing, as what takes time is worked out where it is asked for.
  mutating func observe() -> Observation {
    if !isReady, running != nil { isReady = !settings.probes || monitor.awaitedCount == 0 }
    return Observation(
      view: view, isLoading: requests.isRunning, isReady: isReady, uptime: uptimeSeconds, tallies: tallies,
      answering: running.map { ($0.publisher, $0.dataPlane) }, probes: prober.counters,
      queryLog: queryLogger?.counts)
  }

  private var contents: Logger.Metadata {
    ["zones": "\(table.count)", "broken": "\(table.brokenCount)", "records": "\(table.recordCount)"]
  }

  private var uptime: String { "\(uptimeSeconds)s" }

  var uptimeSeconds: Int { Int((ContinuousClock.now - begin).components.seconds) }
}
