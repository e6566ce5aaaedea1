// Unsafe file. Plain memory with a slot for each pool of a zone; every access checks the pool's number. A slot leads
// to a schedule by its address, which workers load and the control plane stores. Schedules are retained and released
// by hand, as snapshots are: one that was replaced is released when no worker reads it any more, which
// `SnapshotPublisher` waits for. The others are released in `deinit`.

import Synchronization
import Zones

/// The schedules of a zone's pools, by number. Each can be replaced while workers answer.
@safe
final class PoolTable: @unchecked Sendable {  // Sendable: atomics, and a mutex for replacing.
  let view: View
  private let slots: UnsafeMutablePointer<Slot>
  /// What the addresses in the slots belong to.
  private let schedules: Mutex<[Unmanaged<EncodedSchedule>]>
  /// By pool, the column of `PoolCounters` that counts its turns, behind which are those of its members; behind the
  /// last pool, the columns of all.
  private let columns: [Int]

  init(_ schedules: [EncodedSchedule]) {
    var columns = [0]
    unsafe slots = .allocate(capacity: max(schedules.count, 1))
    for (pool, schedule) in schedules.enumerated() {
      let slot = Slot(address: Atomic(schedule.view.address), column: columns[pool])
      unsafe (slots + pool).initialize(to: slot)
      columns.append(columns[pool] + 1 + schedule.memberCount)
    }
    self.columns = columns
    unsafe self.schedules = Mutex(schedules.map { unsafe Unmanaged.passRetained($0) })
    unsafe view = View(slots: UnsafePointer(slots), count: schedules.count)
  }

  deinit {
    unsafe schedules.withLock { schedules in
      for pool in unsafe schedules.indices { unsafe schedules[pool].release() }
    }
    unsafe slots.deinitialize(count: view.count)
    unsafe slots.deallocate()
  }

  /// The columns of all pools and their members.
  var columnCount: Int { columns[view.count] }

  /// The columns of a pool's members.
  func memberColumns(of pool: Int) -> Range<Int> { columns[pool] + 1..<columns[pool + 1] }

  /// Has workers answer by another schedule from now on. It has as many members as the one before.
  ///
  /// - Returns: the schedule before, to be released when no worker reads it any more.
  @unsafe
  func exchange(_ schedule: EncodedSchedule, for pool: Int) -> Unmanaged<EncodedSchedule> {
    precondition(schedule.memberCount == memberColumns(of: pool).count)
    return unsafe schedules.withLock { schedules in
      let before = unsafe schedules[pool]
      unsafe schedules[pool] = Unmanaged.passRetained(schedule)
      unsafe slots[pool].address.store(schedule.view.address, ordering: .releasing)
      return unsafe before
    }
  }

  fileprivate struct Slot: ~Copyable {
    /// Of a `ScheduleView`.
    let address: Atomic<UInt>
    /// Of the pool's turns.
    let column: Int
  }

  /// What workers hold; valid as long as the table lives.
  @safe
  struct View: @unchecked Sendable {
    fileprivate let slots: UnsafePointer<Slot>
    fileprivate let count: Int

    /// By what a pool of the zone is answered now, and the column that counts its turns, behind which are those of its
    /// members; nil while it has no schedule.
    ///
    /// The next call may return another schedule. Each is valid until the worker leaves the snapshot.
    @_noAllocation @_noLocks
    func pool(_ number: Int) -> (schedule: ScheduleView, column: Int)? {
      guard number >= 0, number < count else { return nil }
      let address = unsafe slots[number].address.load(ordering: .acquiring)
      guard let schedule = unsafe ScheduleView(address: address) else { return nil }
      return unsafe (schedule, slots[number].column)
    }
  }
}
