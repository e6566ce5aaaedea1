internal import Answering
internal import Steering
internal import Zones

/// A zone as it is served: what was read of it, and what workers answer from.
struct LiveZone: Sendable {
  let steered: SteeredZone
  let servable: ServableZone
  /// How its pools were answered at first, by number.
  let answers: [PoolAnswer]

  var compiled: CompiledZone { steered.compiled }

  /// - Parameters:
  ///   - attempt: that the zone was read in.
  ///   - workers: as many as will answer from it.
  init(_ zone: SteeredZone, _ attempt: ZoneAttempt, workers: Int) {
    steered = zone
    servable = ServableZone(zone.compiled, schedules: attempt.schedules, classes: zone.classes?.tree, workers: workers)
    answers = attempt.answers
  }
}
