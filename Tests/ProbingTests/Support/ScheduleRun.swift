import Health
import TestSupport

@testable import Probing

/// A schedule with a fake clock, and an engine that does nothing but keep to it.
struct ScheduleRun {
  struct Probe: Equatable {
    var target: Int
    var begin: Int64
    var end: Int64
  }

  var schedule: ProbeSchedule
  /// In nanoseconds.
  var now: Int64 = 1_000_000_000
  var probes: [Probe] = []
  var mostRunning = 0
  private var running: [Probe] = []
  private let timeout: Int64 = 100_000_000

  init(budget: Int = 1_000, seed: UInt64) {
    schedule = ProbeSchedule(budget: budget, seed: seed)
  }

  mutating func add(_ targets: Range<Int>, every interval: Duration) {
    for target in targets { schedule.add(target, every: interval, at: Moment(nanoseconds: now)) }
  }

  /// Runs until `end`, with probes that take as long as `duration` says; 100 ms is the timeout.
  mutating func run(until end: Int64, duration: (Int) -> Int64 = { _ in 1_000_000 }) {
    while now <= end {
      let ended = running.filter { $0.end <= now }
      running.removeAll { $0.end <= now }
      for probe in ended { schedule.finish(probe.target, isSlow: probe.end - probe.begin >= timeout) }
      while let target = schedule.start(at: Moment(nanoseconds: now)) {
        let probe = Probe(target: target, begin: now, end: now + max(1, min(duration(target), timeout)))
        probes.append(probe)
        running.append(probe)
        mostRunning = max(mostRunning, running.count)
      }
      let wake = min(schedule.wake?.nanoseconds ?? .max, running.map(\.end).min() ?? .max)
      // Timers are no finer.
      now = max(now + 1, wake == .max ? end + 1 : (wake + 999_999) / 1_000_000 * 1_000_000)
    }
  }

  mutating func remove(_ target: Int) {
    running.removeAll { $0.target == target }
    schedule.remove(target)
  }

  /// Of each target, the times from one beginning to the next.
  var gaps: [Int: [Int64]] {
    Dictionary(grouping: probes, by: \.target).mapValues { probes in
      zip(probes, probes.dropFirst()).map { $1.begin - $0.begin }
    }
  }
}
