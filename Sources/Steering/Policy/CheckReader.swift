import Zones

/// Reads what one check is, from its records or from the configuration file.
struct CheckReader {
  let name: String
  /// Index of the check's first record, for what no other one says.
  let first: Int
  let report: PolicyReport
  let pairs: KeyedPairs<CheckKey>
  /// Those that may be defined there.
  let kinds: [CheckDefinition.Kind]
  /// What a check of type `exec` runs.
  var command: [String]?

  /// Reads the records whose indices are `records`, at least one, and whose data `all` holds. Nil when it is
  /// not known what the check does, which is reported.
  static func read(
    _ name: String, _ records: [Int], _ all: [PolicyRecord], _ report: PolicyReport
  ) -> CheckDefinition? {
    var lines: [(record: Int, pairs: [TextPair])] = []
    for record in records {
      let (pairs, problems) = TextPair.read(all[record].rdata, prose: CheckKey.prose)
      for problem in problems { report.add(problem, at: record) }
      // The other keys of such a check may be right, only not here.
      guard !pairs.contains(where: { $0.key == "type" && $0.text.lowercased() == "exec" }) else {
        report.add(CheckProblem.exec, at: record)
        return nil
      }
      lines.append((record, pairs))
    }
    var pairs = KeyedPairs<CheckKey>()
    for line in lines {
      pairs.take(line.pairs, at: line.record, report)
    }
    let reader = CheckReader(
      name: name, first: records[0], report: report, pairs: pairs, kinds: CheckDefinition.Kind.ofZones)
    return reader.definition()
  }

  func definition() -> CheckDefinition? {
    let kind = pairs.value(.type, report) { pair throws(ValueProblem) in
      try pair.word(among: kinds, synonyms: Self.synonyms)
    }
    if pairs[.type] == nil, !pairs.lost.contains(.type) {
      report.add(CheckProblem.noType(name, kinds), at: first)
    }
    let values = CheckValues(
      pairs: pairs, keys: kind?.keys ?? [.interval, .timeout, .rise, .fall], report: report)
    var definition = CheckDefinition(name: name, probe: .always)
    readStates(of: &definition, values)
    guard let kind else { return nil }
    checkKeys(of: kind)
    definition.port = values.value(.port) { pair throws(ValueProblem) in UInt16(try pair.integer(1...65_535))
    }
    definition.port = definition.port ?? kind.defaultPort
    let reader = ProbeReader(values: values, name: name, first: first, command: command)
    guard let probe = reader.probe(of: kind) else { return nil }
    definition.probe = probe
    return definition
  }

  private static let synonyms: [String: CheckDefinition.Kind] = [
    "ping": .icmp, "ssl": .https, "tls": .https, "connect": .tcp, "push": .heartbeat, "none": .always,
  ]

  private func readStates(of definition: inout CheckDefinition, _ values: CheckValues) {
    let day = Duration.seconds(86_400)
    let interval = values.value(.interval) { pair throws(ValueProblem) in
      try pair.duration(.milliseconds(100)...day)
    }
    definition.interval = interval ?? definition.interval
    let timeout = values.value(.timeout) { pair throws(ValueProblem) in
      try pair.duration(.milliseconds(10)...day)
    }
    // An interval that could not be read has been reported.
    let isIntervalKnown = interval != nil || !values.says(.interval)
    if isIntervalKnown, let timeout, timeout > definition.interval, let record = pairs[.timeout]?.record {
      report.add(
        CheckProblem.timeoutAboveInterval(
          DurationUnit.text(of: timeout), DurationUnit.text(of: definition.interval)), at: record)
    }
    definition.timeout = timeout ?? min(definition.timeout, definition.interval)
    definition.rise =
      values.value(.rise) { pair throws(ValueProblem) in try pair.integer(1...100) } ?? definition.rise
    definition.fall =
      values.value(.fall) { pair throws(ValueProblem) in try pair.integer(1...100) } ?? definition.fall
    let start = values.value(.start) { pair throws(ValueProblem) in try pair.word(CheckStart.self) }
    definition.startsUp = start != .down
    let slowStart = values.value(.slowStart) { pair throws(ValueProblem) in try pair.duration(.zero...day) }
    definition.slowStart = slowStart ?? .zero
  }

  private func checkKeys(of kind: CheckDefinition.Kind) {
    for key in CheckKey.allCases where !kind.keys.contains(key) {
      if let entry = pairs[key] { report.add(CheckProblem.noEffect(key, kind), at: entry.record) }
    }
    if kind.keys.contains(.port), kind.defaultPort == nil, pairs[.port] == nil {
      report.add(CheckProblem.noPort(name, kind), at: first)
    }
  }
}
