internal import Answering
internal import Logging
internal import Probing
internal import Transport

/// Counters as fields of a log line.
enum StatusFields {
  static func of(_ totals: AnswerTotals) -> Logger.Metadata {
    var fields: Logger.Metadata = [:]
    for (name, count) in totals.all { fields[key(name)] = "\(count)" }
    return fields
  }

  static func of(_ probes: ProbeCounters) -> Logger.Metadata {
    [
      "targets": "\(probes.targets)", "running": "\(probes.running)", "started": "\(probes.started)",
      "finished": "\(probes.finished)", "late": "\(probes.late)", "waited": "\(probes.waited)",
      "abandoned": "\(probes.abandoned)",
    ]
  }

  /// The sums over all workers.
  static func of(_ workers: [WorkerCounters]) -> Logger.Metadata {
    var fields: Logger.Metadata = ["overflowed": "\(workers.reduce(0) { $0 + $1.overflowed })"]
    for counter in Counter.allCases {
      fields[key(String(describing: counter))] = "\(workers.reduce(0) { $0 + $1[counter] })"
    }
    return fields
  }

  /// `timedOut` as keys are written: `timed-out`.
  static func key(_ name: String) -> String {
    name.reduce(into: "") { key, letter in
      if letter.isUppercase { key += "-" }
      key += letter.lowercased()
    }
  }
}
