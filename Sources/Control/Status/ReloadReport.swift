internal import DNSWire
internal import Zones

/// What a pass over the zones folder came to, as operators are told.
struct ReloadReport: Sendable {
  /// What became of one zone, in words.
  struct Zone: Equatable, Sendable {
    var name: String
    /// `loaded`, `refused` or `removed`.
    var outcome: String
    /// Of what is served now; nil: nothing is.
    var serial: Int?
    var records: Int?
    /// `file:line:column: severity: message`.
    var diagnostics: [String]
  }

  /// Zones that are told of, and twice as many where they are refused; of more, only how many they are.
  private static let zoneLimit = 1_000
  /// Diagnostics of a zone, as a zone of mistakes must not hide the others; `swiftlet check` shows all.
  private static let diagnosticLimit = 20

  private(set) var zones: [Zone] = []
  /// Zones that are not told of.
  private(set) var omitted = 0
  /// Of files whose names name no zone.
  var strays: [String] = []
  /// Why files are refused that say where clients are.
  var locations: [String] = []
  /// What is likely not meant in what is said of where clients are, and in zones that were not read again.
  private(set) var warnings: [String] = []
  var loaded = 0
  var refused = 0
  var removed = 0
  /// In milliseconds.
  var time = 0

  /// Whether everything in the folder is served as it is there.
  var isGood: Bool { refused == 0 && strays.isEmpty && locations.isEmpty }

  /// Notes what is likely not meant, up to a limit.
  mutating func warn(_ diagnostics: [Diagnostic]) {
    warnings += diagnostics.prefix(Self.zoneLimit - warnings.count).map { LogLine.escaped($0.description) }
  }

  /// Notes what became of a zone.
  mutating func add(_ event: ZoneEvent) {
    let diagnostics = event.diagnostics.map { LogLine.escaped($0.description) }
    var zone = Zone(name: "\(event.apex)", outcome: "loaded", diagnostics: [])
    zone.diagnostics = Array(diagnostics.prefix(Self.diagnosticLimit))
    if diagnostics.count > Self.diagnosticLimit {
      zone.diagnostics.append(
        "and \(diagnostics.count - Self.diagnosticLimit) more; 'swiftlet check' shows all")
    }
    switch event.outcome {
    case .unchanged: return
    case .loaded(let new), .replaced(_, let new):
      loaded += 1
      zone.serial = Int(new.serial)
      zone.records = new.recordCount
    case .refused(let serving):
      refused += 1
      zone.outcome = "refused"
      zone.serial = serving.map { Int($0.serial) }
      zone.records = serving?.recordCount
    case .removed:
      removed += 1
      zone.outcome = "removed"
    }
    let limit = zone.outcome == "refused" ? Self.zoneLimit * 2 : Self.zoneLimit
    if zones.count < limit { zones.append(zone) } else { omitted += 1 }
  }
}

extension ReloadReport {
  var json: JSON {
    .success([
      ("loaded", .number(loaded)), ("refused", .number(refused)), ("removed", .number(removed)),
      ("strays", .array(strays.map { .string($0) })), ("locations", .array(locations.map { .string($0) })),
      ("warnings", .array(warnings.map { .string($0) })),
      ("zones", .array(zones.map(\.json))),
      ("omitted", .number(omitted)), ("time-ms", .number(time)),
    ])
  }

  /// Nil: the text is no report's.
  init?(_ json: JSON) {
    guard let loaded = json["loaded"]?.integer, let refused = json["refused"]?.integer,
      let removed = json["removed"]?.integer, let zones = json["zones"]?.elements,
      let time = json["time-ms"]?.integer
    else { return nil }
    self.init()
    self.zones = zones.compactMap(Zone.init)
    omitted = json["omitted"]?.integer ?? 0
    locations = (json["locations"]?.elements ?? []).compactMap(\.string)
    warnings = (json["warnings"]?.elements ?? []).compactMap(\.string)
    strays = (json["strays"]?.elements ?? []).compactMap(\.string)
    (self.loaded, self.refused, self.removed, self.time) = (loaded, refused, removed, time)
  }

  /// The report as text.
  var lines: [String] {
    var lines = zones.flatMap(\.lines) + strays + warnings
    if !locations.isEmpty { lines += locations + ["locations refused; what was known of clients stays"] }
    if omitted > 0 { lines.append("and \(omitted.counted("zone")) more") }
    lines.append("\(loaded) loaded, \(refused) refused, \(removed) removed in \(time)ms")
    return lines
  }
}

extension ReloadReport.Zone {
  fileprivate var json: JSON {
    .object([
      ("zone", .string(name)), ("outcome", .string(outcome)), ("serial", JSON(serial)),
      ("records", JSON(records)), ("diagnostics", .array(diagnostics.map { .string($0) })),
    ])
  }

  fileprivate init?(_ json: JSON) {
    guard let name = json["zone"]?.string, let outcome = json["outcome"]?.string else { return nil }
    self.init(
      name: name, outcome: outcome, serial: json["serial"]?.integer, records: json["records"]?.integer,
      diagnostics: (json["diagnostics"]?.elements ?? []).compactMap(\.string))
  }

  fileprivate var lines: [String] {
    let serving = serial.map { "serial \($0), \((records ?? 0).counted("record"))" }
    let rest =
      switch outcome {
      case "loaded": serving.map { ": \($0)" } ?? ""
      case "refused": serving.map { "; what was served stays: \($0)" } ?? "; it answers SERVFAIL"
      default: ""
      }
    return diagnostics + ["\(name) \(outcome)\(rest)"]
  }
}
