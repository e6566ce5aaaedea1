internal import Health
internal import Logging
internal import Probing

/// Finds out that probes are late, from time to time.
struct ProbeWatch: Sendable {
  /// How often the counters are looked at, which is as often as it is told at most.
  static let interval = Duration.seconds(60)

  /// When they were looked at last.
  private var before = ProbeCounters()

  /// What is to be told of the probes since the last look; nil: nothing.
  ///
  /// Some are late on any machine: it is told of one of a hundred.
  mutating func news(of counters: ProbeCounters) -> Logger.Metadata? {
    let started = counters.started - before.started
    let late = counters.late - before.late
    let waited = counters.waited - before.waited
    let abandoned = counters.abandoned - before.abandoned
    before = counters
    guard abandoned > 0 || late > 0 && late * 100 >= started else { return nil }
    return [
      "probes": "\(started)", "late": "\(late)", "waited": "\(waited)", "abandoned": "\(abandoned)",
    ]
  }
}

extension ControlLoop {
  /// Tells when probes are late.
  func watchProbes() {
    guard settings.probes else { return }
    let (prober, logger) = (prober, logger)
    Task {
      var watch = ProbeWatch()
      while !Task.isCancelled {
        try? await Task.sleep(for: ProbeWatch.interval)
        if let news = watch.news(of: prober.counters) {
          logger.warning(
            "probes are late, so members may be found down or up late: this machine has too much to do, or too many members hang for its probe-budget",
            metadata: news)
        }
      }
    }
  }
}
