public import Zones

/// A compiled zone with what changes while workers answer from it: the schedules of its pools, turns and counters.
///
/// A reload that leaves the zone alone passes the same object on, so that all of that goes on where it is.
public final class ServableZone: Sendable {
  public let compiled: CompiledZone
  let rotations: RotationCounters
  let pools: PoolTable
  let poolCounters: PoolCounters

  /// - Parameters:
  ///   - schedules: of the zone's pools, by number; `SnapshotPublisher.replace` puts others in their place.
  ///   - workers: as many as the publisher has.
  public init(_ compiled: CompiledZone, schedules: [EncodedSchedule] = [], workers: Int) {
    self.compiled = compiled
    rotations = RotationCounters(workers: workers, rotations: compiled.rotationCount)
    pools = PoolTable(schedules)
    poolCounters = PoolCounters(workers: workers, columns: pools.columnCount)
  }

  /// How often each member of a pool came first in an answer, since this object was made. Truncated responses do not
  /// count: they answer nothing.
  ///
  /// - Parameter pool: the number of a pool that has a schedule.
  /// - Returns: counts in the order of the pool's members, each right, if not all of the same instant.
  public func answersGiven(pool: Int) -> [UInt64] {
    pools.memberColumns(of: pool).map { poolCounters.sum(of: $0) }
  }
}
