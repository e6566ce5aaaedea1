internal import DNSWire
internal import Logging
internal import Steering
internal import Zones

/// One pass over the zones folder: what changed is read, refused or removed, and logged.
struct ZoneReload: Sendable {
  /// What a pass came to.
  struct Summary: Sendable {
    let table: ZoneTable
    /// False: there is nothing to publish.
    let changesAnswers: Bool
    let warnings: Int
    let report: ReloadReport
    let duration: Duration
    /// What the zones were read with.
    let shared: SharedDefinitions
    let locations: LocationFiles?
  }

  let folder: String
  /// What the server's configuration defines for all zones.
  let shared: SharedDefinitions
  /// Says where clients are.
  let locations: LocationFiles?
  /// How many zones are read at once.
  let threads: Int
  /// Tells what is known of pools' members.
  let monitor: HealthMonitor
  let logger: Logger

  /// Looks for new locations alone.
  func runForLocations(from table: ZoneTable) async -> Summary {
    let begin = ContinuousClock.now
    var pass = Pass(table: table, logger: logger)
    var (shared, locations) = await readLocations(into: &pass)
    await outdate(under: shared, &pass)
    warnOfStrangers(to: &locations, &pass)
    return pass.summary(since: begin, shared, locations)
  }

  /// - Throws: when the folder as a whole cannot be used: then nothing has changed.
  func run(from table: ZoneTable) async throws(ZoneFolder.Unusable) -> Summary {
    let begin = ContinuousClock.now
    let known = table.known
    let folder = folder
    let (contents, plan) = try await BackgroundThread.run {
      () -> Result<(ZoneFolder, ReloadPlan), ZoneFolder.Unusable> in
      Result { () throws(ZoneFolder.Unusable) in
        let contents = try ZoneFolder.scan(folder)
        return (contents, ReloadPlan(known: known, folder: contents) { try? System.stamp(of: $0) })
      }
    }.get()

    for stray in contents.strays { logger.error("\(stray.place): \(stray.message)") }
    var pass = Pass(table: table, logger: logger)
    for apex in plan.remove { pass.note(pass.table.remove(apex)) }
    for refusal in plan.refuse { pass.note(pass.table.refuse(refusal)) }
    var (shared, locations) = await readLocations(into: &pass)
    await read(plan.load, under: shared, into: &pass)
    await outdate(under: shared, &pass)
    warnOfStrangers(to: &locations, &pass)
    pass.report.strays = contents.strays.map { LogLine.escaped($0.description) }
    return pass.summary(since: begin, shared, locations)
  }

  /// Reads where clients are, if that may have changed.
  private func readLocations(into pass: inout Pass) async -> (SharedDefinitions, LocationFiles?) {
    guard let locations else { return (shared, nil) }
    let logger = logger
    let (complaints, refreshed) = await BackgroundThread.run {
      var refreshed = locations
      return (refreshed.refresh(logger), refreshed)
    }
    pass.warnings += complaints.count
    pass.report.locations = complaints
    let knowledge = refreshed.knowledge
    return (knowledge == shared.knowledge ? shared : shared.with(knowledge), refreshed)
  }

  /// Makes zones anew that depend on where clients are and do not know of that what is known now.
  private func outdate(under shared: SharedDefinitions, _ pass: inout Pass) async {
    let outdated = pass.table.live { $0.steered.isOutdated(under: shared) }
    guard !outdated.isEmpty else { return }
    let monitor = monitor
    let zones = await BackgroundThread.run { outdated.map { LiveZone($0, under: shared, monitor) } }
    for (old, new) in zip(outdated, zones) {
      pass.table.replace(new)
      let told = old.steered.warnings
      pass.warn(new.steered.warnings.filter { !told.contains($0) }, of: new.compiled.apex)
    }
    pass.changesAnswers = true
  }

  /// Warns of locations that times are measured to and that no zone has.
  private func warnOfStrangers(to locations: inout LocationFiles?, _ pass: inout Pass) {
    let table = pass.table
    let strangers = locations?.strangers { table.locations }
    pass.warn(strangers ?? [])
  }

  private func read(_ files: [ZoneFile], under shared: SharedDefinitions, into pass: inout Pass) async {
    let progress = LoadProgress(of: files.count, logger: logger)
    defer { progress.end() }
    for await attempt in ZoneReader.read(
      files, threads: threads, shared: shared, monitor: monitor, givesWay: pass.table.count > 0,
      progress: progress)
    {
      pass.note(pass.table.apply(attempt))
      progress.advance()
    }
  }

  /// What has been gathered so far.
  private struct Pass {
    var table: ZoneTable
    let logger: Logger
    var changesAnswers = false
    var warnings = 0
    var report = ReloadReport()

    /// What it came to.
    func summary(
      since begin: ContinuousClock.Instant, _ shared: SharedDefinitions, _ locations: LocationFiles?
    ) -> Summary {
      let duration = ContinuousClock.now - begin
      var report = report
      report.time = Int(duration / .milliseconds(1))
      return Summary(
        table: table, changesAnswers: changesAnswers, warnings: warnings, report: report, duration: duration,
        shared: shared, locations: locations)
    }

    /// Tells what is likely not meant with what the files say of where clients are.
    ///
    /// - Parameter apex: of the zone that looks bad with them.
    mutating func warn(_ diagnostics: [Diagnostic], of apex: DomainName? = nil) {
      diagnostics.log(to: logger, apex)
      warnings += diagnostics.count
      report.warn(diagnostics)
    }

    mutating func note(_ event: ZoneEvent) {
      event.log(to: logger)
      warnings += event.diagnostics.count { $0.severity == .warning }
      if event.changesAnswers { changesAnswers = true }
      report.add(event)
    }
  }
}
