internal import Answering
internal import Steering
internal import Zones

/// A zone as it is served: what was read of it, and what workers answer from.
struct LiveZone: Sendable {
  let steered: SteeredZone
  let servable: ServableZone
  /// How its pools were answered at first, by number.
  let answers: [PoolAnswer]
  /// Of its pools, by number.
  let records: [PoolRecord]

  var compiled: CompiledZone { steered.compiled }

  /// - Parameters:
  ///   - attempt: that the zone was read in.
  ///   - workers: as many as will answer from it.
  init(_ zone: SteeredZone, _ attempt: ZoneAttempt, workers: Int) {
    steered = zone
    servable = ServableZone(
      zone.compiled, schedules: attempt.schedules, classes: zone.classes?.tree, workers: workers)
    answers = attempt.answers
    records = answers.map { _ in PoolRecord() }
  }

  /// The same zone, with its turns and counters, where the configuration has come to say something else.
  init(_ zone: LiveZone, under shared: SharedDefinitions, _ monitor: HealthMonitor) {
    steered = zone.steered.under(shared)
    let pools = PoolAnswer.all(of: steered, monitor)
    answers = pools.map(\.answer)
    records = answers.map { _ in PoolRecord() }
    servable = ServableZone(
      zone.servable, schedules: pools.map(\.schedule), classes: steered.classes?.tree)
  }
}
