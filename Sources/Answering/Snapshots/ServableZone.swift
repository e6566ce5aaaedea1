public import Zones

/// A compiled zone with what workers change while answering from it.
///
/// A reload that leaves the zone alone passes the same object on, so that its rotations go on where they are.
public final class ServableZone: Sendable {
  public let compiled: CompiledZone
  let rotations: RotationCounters
  let pools: PoolTable

  /// - Parameters:
  ///   - schedules: of the zone's pools, by number.
  ///   - workers: as many as the publisher has.
  public init(_ compiled: CompiledZone, schedules: [EncodedSchedule] = [], workers: Int) {
    self.compiled = compiled
    rotations = RotationCounters(workers: workers, rotations: compiled.rotationCount)
    pools = PoolTable(schedules)
  }

  /// The same zone with other schedules, whose turns go on where they are.
  public init(_ zone: ServableZone, schedules: [EncodedSchedule]) {
    compiled = zone.compiled
    rotations = zone.rotations
    pools = PoolTable(schedules)
  }
}
