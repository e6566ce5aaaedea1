import Health
import Steering
import TestSupport

/// Pools that are probed in fake time, each target once an interval or up to a twentieth sooner, their probes spread
/// over it. Members are numbered through all pools.
struct World {
  /// What a member does with a probe.
  enum Behaviour {
    case answers, refuses, staysMute, cannotBeReached
    /// Takes connections and says nothing.
    case hangs

    fileprivate func result(after timeout: Double) -> (result: ProbeResult, duration: Double) {
      switch self {
      case .answers: (.success, 0.01)
      case .refuses: (.failure(.refused), 0.01)
      case .staysMute: (.failure(.timeout), timeout)
      case .hangs: (.hanging, timeout)
      case .cannotBeReached: (.failure(.unreachable), 0.001)
      }
    }
  }

  private struct Probe {
    var id: Target.ID
    var member: Int
    var interval: Double
    var timeout: Double
    var next: Double
    var pending: (result: ProbeResult, at: Double)?
  }

  var table = HealthTable()
  private(set) var now = 0.0
  private var random: SplitMix64
  /// In the order of the pools, each target once.
  private(set) var ids: [Target.ID] = []
  private var probes: [Probe] = []
  /// All events so far.
  private(set) var events: [HealthEvent] = []

  init(_ pools: [HealthPool], random: inout SplitMix64) {
    self.random = SplitMix64(seed: random.next())
    _ = table.update(to: pools, at: .seconds(0))
    for pool in pools {
      for member in pool.members {
        let id = table.id(of: Target(pool.check, of: member))!
        guard !ids.contains(id) else { continue }
        let interval = pool.check.interval / .seconds(1)
        probes.append(
          Probe(
            id: id, member: ids.count, interval: interval, timeout: pool.check.timeout / .seconds(1),
            next: Double.random(in: 0..<interval, using: &random)))
        ids.append(id)
      }
    }
  }

  var states: String {
    ids.map { id in
      switch table.health(of: id)!.state {
      case .up: "u"
      case .down: "d"
      case .unknown: "?"
      }
    }.joined()
  }

  var flips: [Flip] { events.compactMap { if case .flip(let flip) = $0 { flip } else { nil } } }

  /// Goes on in steps of 10 ms.
  mutating func run(until end: Double, _ behaviour: (Int) -> Behaviour) {
    while now < end {
      now += 0.01
      var results: [(id: Target.ID, result: ProbeResult)] = []
      for index in probes.indices {
        if let pending = probes[index].pending, pending.at <= now {
          results.append((probes[index].id, pending.result))
          probes[index].pending = nil
        }
        guard probes[index].next <= now else { continue }
        let outcome = behaviour(probes[index].member).result(after: probes[index].timeout)
        probes[index].pending = (outcome.result, probes[index].next + outcome.duration)
        probes[index].next += probes[index].interval * Double.random(in: 0.95...1, using: &random)
      }
      table.apply(results, at: .seconds(now))
      table.advance(to: .seconds(now))
      events += table.takeChanges().events
    }
  }
}
