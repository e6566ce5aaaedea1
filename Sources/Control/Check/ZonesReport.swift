internal import DNSWire
internal import Zones

/// What a check of zones found.
struct ZonesReport {
  /// One zone's part of it.
  struct Zone {
    let apex: DomainName
    let files: [String]
    /// Nil: the zone has errors.
    let zone: CompiledZone?
    let diagnostics: [Diagnostic]
  }

  private let strict: Bool
  /// Takes each line of text as soon as it is known; nil: no text is wanted.
  private let output: (@Sendable (String) -> Void)?
  private var zones: [JSON] = []
  private var strays: [JSON] = []
  private var errors = 0
  private var warnings = 0
  private var broken = 0

  init(strict: Bool, output: (@Sendable (String) -> Void)?) {
    self.strict = strict
    self.output = output
  }

  var isGood: Bool { errors == 0 && broken == 0 && !(strict && warnings > 0) }

  /// A file that names no zone.
  mutating func add(_ stray: Diagnostic) {
    count(stray)
    if output == nil { strays.append(Self.json(of: stray)) }
  }

  mutating func add(_ zone: Zone) {
    for diagnostic in zone.diagnostics { count(diagnostic) }
    if zone.zone == nil { broken += 1 }
    if let output {
      output(summary(of: zone))
    } else {
      zones.append(Self.json(of: zone))
    }
  }

  private mutating func count(_ diagnostic: Diagnostic) {
    switch diagnostic.severity {
    case .error: errors += 1
    case .warning: warnings += 1
    }
    output?(LogLine.escaped(diagnostic.description))
  }

  private func summary(of zone: Zone) -> String {
    guard let good = zone.zone else {
      let count = zone.diagnostics.count { $0.severity == .error }
      return "\(zone.apex) refused: \(count.counted("error"))"
    }
    return "\(zone.apex) ok: \(good.recordCount.counted("record")), serial \(good.serial)"
  }

  /// The last line.
  var total: String { "\(errors.counted("error")), \(warnings.counted("warning"))" }

  var json: JSON {
    .object([
      ("zones", .array(zones)), ("strays", .array(strays)), ("errors", .number(errors)),
      ("warnings", .number(warnings)),
    ])
  }

  private static func json(of zone: Zone) -> JSON {
    .object([
      ("zone", .string(zone.apex.description)),
      ("files", .array(zone.files.map { .string($0) })),
      ("records", zone.zone.map { .number($0.recordCount) } ?? .null),
      ("serial", zone.zone.map { .number(Int($0.serial)) } ?? .null),
      ("diagnostics", .array(zone.diagnostics.map(json))),
    ])
  }

  private static func json(of diagnostic: Diagnostic) -> JSON {
    .object([
      ("severity", .string(diagnostic.severity.rawValue)),
      ("file", .string(diagnostic.file)),
      ("line", .number(diagnostic.line)),
      ("column", .number(diagnostic.column)),
      ("message", .string(diagnostic.message)),
    ])
  }
}
