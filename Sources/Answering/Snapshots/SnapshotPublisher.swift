// Unsafe file. Readers and the publisher meet in memory of fixed places, one cache line each: the current
// snapshot's address, and a sequence number a worker. A worker makes its number odd before it reads the
// address and even when it has let go of all that it read; both in sequentially consistent order. The
// publisher stores the new address first, then waits for each odd number to change. So a worker that it
// does not see reading will read the new address, and the old snapshot can be freed. Schedules of pools are replaced
// in the same way: the publisher stores theirs first, then the snapshot's address once more, so that who reads that
// sees the new schedules, too. Snapshots and schedules are retained and released by hand: the compiler may release
// a variable as early as after its last use that it can see, and it cannot see the workers.

public import DNSWire
import Glibc
import Synchronization
public import Zones

/// Hands the current snapshot to the workers, and frees an old one when no worker reads it any more.
@safe
public final class SnapshotPublisher: @unchecked Sendable {  // Sendable: atomics, and a mutex for publishing.
  /// How many workers may read.
  public let workers: Int

  private let slots: UnsafeMutablePointer<ReaderSlot>
  private let current: UnsafeMutablePointer<Atomic<UInt>>
  /// The snapshot being served, which the address in `current` belongs to.
  private let kept: Mutex<Unmanaged<Snapshot>>
  private let columns = Mutex(ZoneColumns())

  /// - Parameter workers: how many workers will read, UDP and TCP ones together.
  public init(_ snapshot: Snapshot, workers: Int) {
    self.workers = workers
    let line = MemoryLayout<ReaderSlot>.stride
    unsafe slots = UnsafeMutableRawPointer.allocate(byteCount: line * max(workers, 1), alignment: 128)
      .bindMemory(to: ReaderSlot.self, capacity: max(workers, 1))
    for worker in 0..<workers { unsafe (slots + worker).initialize(to: ReaderSlot()) }
    unsafe current = UnsafeMutableRawPointer.allocate(byteCount: 128, alignment: 128)
      .bindMemory(to: Atomic<UInt>.self, capacity: 1)
    unsafe current.initialize(to: Atomic(snapshot.view.address))
    unsafe kept = Mutex(Unmanaged.passRetained(snapshot))
    setColumns(of: snapshot)
  }

  deinit {
    unsafe kept.withLock { unsafe $0.release() }
    unsafe current.deinitialize(count: 1)
    unsafe UnsafeMutableRawPointer(current).deallocate()
    unsafe slots.deinitialize(count: workers)
    unsafe UnsafeMutableRawPointer(slots).deallocate()
  }

  /// Makes `snapshot` the current one; returns when every worker has left the one before.
  public func publish(_ snapshot: Snapshot) {
    setColumns(of: snapshot)
    unsafe kept.withLock { kept in
      store(snapshot.view.address)
      unsafe kept.release()
      unsafe kept = Unmanaged.passRetained(snapshot)
    }
  }

  /// Has pools be answered by other schedules from now on; returns when every worker has left those before.
  ///
  /// Turns and counters go on where they are. The zones need not be served yet: what a reload brings gets the
  /// schedules of the moment here, and is published then. A zone that the reload keeps has them.
  ///
  /// - Parameter changes: schedules of as many members as the pools have, each with the pool's zone and its number
  ///   there. Of several for one pool the last one counts.
  public func replace(_ changes: [(zone: ServableZone, pool: Int, schedule: EncodedSchedule)]) {
    if changes.isEmpty { return }
    unsafe kept.withLock { kept in
      let before = unsafe changes.map { unsafe $0.zone.pools.exchange($0.schedule, for: $0.pool) }
      unsafe store(kept._withUnsafeGuaranteedRef { $0.view.address })
      for index in unsafe before.indices { unsafe before[index].release() }
    }
  }

  // Stores the address of a snapshot's view and waits until every worker has left what it read before.
  private func store(_ address: UInt) {
    unsafe current.pointee.store(address, ordering: .sequentiallyConsistent)
    for worker in 0..<workers { waitUntilQuiescent(worker) }
  }

  private func waitUntilQuiescent(_ worker: Int) {
    let seen = unsafe slots[worker].sequence.load(ordering: .sequentiallyConsistent)
    guard seen & 1 == 1 else { return }
    // A batch takes well under a millisecond.
    while unsafe slots[worker].sequence.load(ordering: .acquiring) == seen { usleep(50) }
  }

  /// What all workers have counted, by now.
  public func totals() -> AnswerTotals {
    var totals = AnswerTotals()
    for worker in 0..<workers { unsafe slots[worker].counters.add(to: &totals) }
    return totals
  }

  /// Queries by zone, by now; only as many zones are counted as there are columns.
  public func zoneTotals() -> [DomainName: UInt64] {
    columns.withLock { $0.totals(queries) }
  }

  /// Queries to the zones that are not counted one by one.
  public var otherZonesTotal: UInt64 { queries(inZone: ZoneColumns.shared) }

  private func setColumns(of snapshot: Snapshot) {
    columns.withLock { columns in
      columns.update(to: snapshot.countedZones, queries: queries)
      snapshot.setColumns(columns)
    }
  }

  private func queries(inZone column: Int) -> UInt64 {
    (0..<workers).reduce(0) { sum, worker in unsafe sum &+ slots[worker].counters.queries(inZone: column) }
  }

  /// A worker's end of the publisher.
  func reader(worker: Int) -> SnapshotReader {
    precondition(worker >= 0 && worker < workers)
    return unsafe SnapshotReader(current: current, slot: slots + worker, publisher: self)
  }
}

/// What one worker writes and the control plane reads.
struct ReaderSlot: ~Copyable {
  /// Odd while the worker reads a snapshot.
  let sequence = Atomic<UInt64>(0)
  let counters = AnswerCounters()
  // Keeps the next worker's slot off these cache lines, and off the line that is fetched along.
  private let padding: InlineArray<16, UInt64> = .init(repeating: 0)
}

/// A worker's end of the publisher. Used by one thread only.
@safe
struct SnapshotReader: ~Copyable {
  private let current: UnsafeMutablePointer<Atomic<UInt>>
  private let slot: UnsafeMutablePointer<ReaderSlot>
  // Keeps the memory that both pointers lead to.
  private let publisher: SnapshotPublisher

  fileprivate init(
    current: UnsafeMutablePointer<Atomic<UInt>>, slot: UnsafeMutablePointer<ReaderSlot>,
    publisher: SnapshotPublisher
  ) {
    unsafe self.current = current
    unsafe self.slot = slot
    self.publisher = publisher
  }

  /// The current snapshot, which stays valid until `leave()`.
  @_noAllocation @_noLocks
  func enter() -> SnapshotView? {
    let sequence = unsafe slot.pointee.sequence.load(ordering: .relaxed)
    unsafe slot.pointee.sequence.store(sequence | 1, ordering: .sequentiallyConsistent)
    let address = unsafe current.pointee.load(ordering: .sequentiallyConsistent)
    return unsafe SnapshotView(address: address)
  }

  @_noAllocation @_noLocks
  func leave() {
    let sequence = unsafe slot.pointee.sequence.load(ordering: .relaxed)
    unsafe slot.pointee.sequence.store((sequence | 1) &+ 1, ordering: .releasing)
  }

  @_noAllocation @_noLocks
  func count(_ event: AnswerCounters.Event) {
    unsafe slot.pointee.counters.count(event)
  }

  @_noAllocation @_noLocks
  func count(_ type: RRType) {
    unsafe slot.pointee.counters.count(type)
  }

  @_noAllocation @_noLocks
  func count(zone column: Int) {
    unsafe slot.pointee.counters.count(zone: column)
  }
}
