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
  }

  let folder: String
  /// What the server's configuration defines for all zones.
  let shared: SharedDefinitions
  /// How many zones are read at once.
  let threads: Int
  /// Tells what is known of pools' members.
  let monitor: HealthMonitor
  let logger: Logger

  /// - Throws: when the folder as a whole cannot be used: then nothing has changed.
  func run(from table: ZoneTable) async throws(ZoneFolder.Unusable) -> Summary {
    let clock = ContinuousClock()
    let begin = clock.now
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
    await read(plan.load, into: &pass)
    let duration = clock.now - begin
    pass.report.strays = contents.strays.map { LogLine.escaped($0.description) }
    pass.report.time = Int(duration / .milliseconds(1))
    return Summary(
      table: pass.table, changesAnswers: pass.changesAnswers, warnings: pass.warnings, report: pass.report,
      duration: duration)
  }

  private func read(_ files: [ZoneFile], into pass: inout Pass) async {
    let progress = LoadProgress(of: files.count, logger: logger)
    defer { progress.end() }
    for await attempt in ZoneReader.read(
      files, threads: threads, shared: shared, monitor: monitor, progress: progress)
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

    mutating func note(_ event: ZoneEvent) {
      event.log(to: logger)
      warnings += event.diagnostics.count { $0.severity == .warning }
      if event.changesAnswers { changesAnswers = true }
      report.add(event)
    }
  }
}
