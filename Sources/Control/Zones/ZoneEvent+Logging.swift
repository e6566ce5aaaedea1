internal import DNSWire
internal import Logging
internal import Zones

extension ZoneEvent {
  /// Whether what is served differs after this event.
  var changesAnswers: Bool {
    switch outcome {
    case .loaded, .replaced, .removed: true
    case .refused(let serving): serving == nil
    case .unchanged: false
    }
  }

  /// Logs the diagnostics, then one line that says what became of the zone.
  func log(to logger: Logger) {
    diagnostics.log(to: logger, apex)
    switch outcome {
    case .loaded(let new):
      logger.info(
        "zone loaded", metadata: zone + ["records": "\(new.recordCount)", "serial": "\(new.serial)"] + time)
    case .replaced(let old, let new):
      logReplacement(of: old, by: new, to: logger)
    case .unchanged(let serving):
      logger.debug(
        "zone unchanged: its files were written, but not with anything new",
        metadata: zone + ["records": "\(serving.recordCount)", "serial": "\(serving.serial)"] + time)
    case .refused(let serving?):
      logger.error(
        "zone refused: it has errors; the version before stays in service",
        metadata: zone + ["records": "\(serving.recordCount)", "serial": "\(serving.serial)"] + time)
    case .refused(nil):
      logger.error("zone refused: it has errors; it answers SERVFAIL", metadata: zone + time)
    case .removed:
      logger.info("zone removed: its file is gone", metadata: zone)
    }
  }

  private func logReplacement(of old: CompiledZone, by new: CompiledZone, to logger: Logger) {
    let fields: Logger.Metadata =
      zone + ["records": "\(new.recordCount)", "serial-old": "\(old.serial)", "serial-new": "\(new.serial)"]
      + time
    if new.serial == old.serial {
      logger.warning(
        "zone loaded, but its serial has not changed: secondaries will not notice", metadata: fields)
    } else if SerialNumber.isBack(new.serial, from: old.serial) {
      logger.warning("zone loaded, but its serial went back: secondaries will not take it", metadata: fields)
    } else {
      logger.info("zone loaded", metadata: fields)
    }
  }

  private var zone: Logger.Metadata { ["zone": "\(apex)"] }
  private var time: Logger.Metadata { ["time": "\(duration.milliseconds)"] }
}

extension [Diagnostic] {
  /// Thousands of mistakes must not drown the log; `swiftlet check` shows all.
  private static var limit: Int { 20 }

  /// - Parameter apex: of the zone that they are about.
  func log(to logger: Logger, _ apex: DomainName?) {
    let zone: Logger.Metadata = apex.map { ["zone": "\($0)"] } ?? [:]
    for diagnostic in prefix(Self.limit) {
      logger.log(
        level: diagnostic.severity.level, "\(diagnostic.place): \(diagnostic.message)", metadata: zone)
    }
    if count > Self.limit {
      logger.warning(
        "more was found\(apex == nil ? "" : " in this zone"); 'swiftlet check' shows all",
        metadata: zone + ["more": "\(count - Self.limit)"])
    }
  }
}

extension Diagnostic {
  /// `file:line:column`.
  var place: String { "\(file):\(line):\(column)" }
}

extension Diagnostic.Severity {
  fileprivate var level: Logger.Level {
    switch self {
    case .error: .error
    case .warning: .warning
    }
  }
}

private func + (left: Logger.Metadata, right: Logger.Metadata) -> Logger.Metadata {
  left.merging(right) { $1 }
}
