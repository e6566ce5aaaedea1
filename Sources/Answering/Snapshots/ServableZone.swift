public import Locations
public import Zones

/// A compiled zone with what changes while workers answer from it: the schedules of its pools, turns and counters.
///
/// A reload that leaves the zone alone passes the same object on, so that all of that goes on where it is.
public final class ServableZone: Sendable {
  public let compiled: CompiledZone
  let rotations: RotationCounters
  let pools: PoolTable
  let poolCounters: PoolCounters
  /// Of clients, by address, as the schedules know them.
  let classes: PrefixTree

  /// - Parameters:
  ///   - schedules: of the zone's pools, by number; `SnapshotPublisher.replace` puts others in their place.
  ///   - classes: the numbers of clients' classes by address; nil: all are of the first.
  ///   - workers: as many as the publisher has.
  public init(
    _ compiled: CompiledZone, schedules: [EncodedSchedule] = [], classes: PrefixTree? = nil, workers: Int
  ) {
    self.compiled = compiled
    rotations = RotationCounters(workers: workers, rotations: compiled.rotationCount)
    pools = PoolTable(schedules)
    poolCounters = PoolCounters(workers: workers, columns: pools.columnCount)
    self.classes = classes ?? Self.noClasses
  }

  /// The same zone with other classes of clients. Turns and counters go on where they are.
  ///
  /// - Parameter schedules: of the zone's pools, by number, with as many members and counters as before.
  public init(_ zone: ServableZone, schedules: [EncodedSchedule], classes: PrefixTree?) {
    compiled = zone.compiled
    rotations = zone.rotations
    pools = PoolTable(schedules)
    poolCounters = zone.poolCounters
    precondition(pools.columnCount == zone.pools.columnCount)
    self.classes = classes ?? Self.noClasses
  }

  static let noClasses: PrefixTree = {
    guard let tree = PrefixTree(AddressTable(outside: 0)) else { fatalError("out of memory") }
    return tree
  }()

  /// How often each member of a pool came first in an answer, since this object was made. Truncated responses do not
  /// count: they answer nothing.
  ///
  /// - Parameter pool: the number of a pool that has a schedule.
  /// - Returns: counts in the order of the pool's members, each right, if not all of the same instant.
  public func answersGiven(pool: Int) -> [UInt64] {
    pools.memberColumns(of: pool).map { poolCounters.sum(of: $0) }
  }
}
