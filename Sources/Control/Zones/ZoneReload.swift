internal import DNSWire
internal import Logging
internal import Zones

/// One pass over the zones folder: what changed is read, refused or removed, and logged.
struct ZoneReload: Sendable {
  /// What a pass came to.
  struct Summary: Sendable {
    let table: ZoneTable
    /// False: there is nothing to publish.
    let changesAnswers: Bool
    let loaded: Int
    let refused: Int
    let removed: Int
    let warnings: Int
    /// Files whose names name no zone.
    let strays: Int
    let duration: Duration
  }

  let folder: String
  /// How many zones are read at once.
  let threads: Int
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
    return Summary(
      table: pass.table, changesAnswers: pass.changesAnswers, loaded: pass.loaded, refused: pass.refused,
      removed: pass.removed, warnings: pass.warnings, strays: contents.strays.count,
      duration: clock.now - begin)
  }

  private func read(_ files: [ZoneFile], into pass: inout Pass) async {
    let progress = LoadProgress(of: files.count, logger: logger)
    defer { progress.end() }
    for await attempt in ZoneReader.read(files, threads: threads, progress: progress) {
      pass.note(pass.table.apply(attempt))
      progress.advance()
    }
  }

  /// What has been gathered so far.
  private struct Pass {
    var table: ZoneTable
    let logger: Logger
    var changesAnswers = false
    var loaded = 0
    var refused = 0
    var removed = 0
    var warnings = 0

    mutating func note(_ event: ZoneEvent) {
      event.log(to: logger)
      warnings += event.diagnostics.count { $0.severity == .warning }
      if event.changesAnswers { changesAnswers = true }
      switch event.outcome {
      case .loaded, .replaced: loaded += 1
      case .refused: refused += 1
      case .unchanged: break
      case .removed: removed += 1
      }
    }
  }
}
