internal import Answering
internal import Steering
internal import Zones

/// A zone as it is served: what was read of it, and what workers answer from.
struct LiveZone: Sendable {
  let steered: SteeredZone
  let servable: ServableZone

  var compiled: CompiledZone { steered.compiled }

  /// - Parameter workers: as many as will answer from it.
  init(_ zone: SteeredZone, workers: Int) {
    steered = zone
    servable = ServableZone(zone.compiled, schedules: zone.schedules(), workers: workers)
  }
}
