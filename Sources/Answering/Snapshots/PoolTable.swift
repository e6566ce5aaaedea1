// Unsafe file. Plain memory with a slot for each pool of a zone; every access checks the pool's number. A slot leads
// to a schedule by its address, which workers load and the control plane stores. Schedules are retained and released
// by hand, as snapshots are: one that was replaced is released when no worker reads it any more, which
// `SnapshotPublisher` waits for. The others are released in `deinit`.

import CLinux
import Synchronization
import Zones

/// The schedules of a zone's pools, by number. Each can be replaced while workers answer.
@safe
final class PoolTable: @unchecked Sendable {  // Sendable: atomics, and a mutex for replacing.
  let view: View
  private let slots: UnsafeMutablePointer<Slot>
  /// What the addresses in the slots belong to.
  private let schedules: Mutex<[Unmanaged<EncodedSchedule>]>
  /// By pool, the columns of `PoolCounters` that count how often its members came first. Those that count its turns
  /// are before them.
  private let memberColumns: [Range<Int>]
  /// The columns of all pools and their members.
  let columnCount: Int

  init(_ schedules: [EncodedSchedule]) {
    var memberColumns: [Range<Int>] = []
    var end = 0
    unsafe slots = .allocate(capacity: max(schedules.count, 1))
    for (pool, schedule) in schedules.enumerated() {
      let columns = PoolCounters.columns(schedule.counterCount + schedule.memberCount, after: end)
      let first = columns.lowerBound + schedule.counterCount
      end = columns.upperBound
      unsafe (slots + pool).initialize(to: Slot(address: Atomic(schedule.view.address), column: first))
      memberColumns.append(first..<end)
    }
    self.memberColumns = memberColumns
    columnCount = end
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

  /// The columns of a pool's members.
  func memberColumns(of pool: Int) -> Range<Int> { memberColumns[pool] }

  /// Has workers answer by another schedule from now on. It has as many members and counters as the one before.
  ///
  /// - Returns: the schedule before, to be released when no worker reads it any more.
  @unsafe
  func exchange(_ schedule: EncodedSchedule, for pool: Int) -> Unmanaged<EncodedSchedule> {
    unsafe schedules.withLock { schedules in
      let before = unsafe schedules[pool]
      unsafe before._withUnsafeGuaranteedRef { before in
        precondition(schedule.memberCount == before.memberCount)
        precondition(schedule.counterCount == before.counterCount)
      }
      unsafe schedules[pool] = Unmanaged.passRetained(schedule)
      unsafe slots[pool].address.store(schedule.view.address, ordering: .releasing)
      return unsafe before
    }
  }

  fileprivate struct Slot: ~Copyable {
    /// Of a `ScheduleView`.
    let address: Atomic<UInt>
    /// Of the pool's first member.
    let column: Int
  }

  /// What workers hold; valid as long as the table lives.
  @safe
  struct View: @unchecked Sendable {
    fileprivate let slots: UnsafePointer<Slot>
    fileprivate let count: Int

    var isEmpty: Bool { count == 0 }

    /// Has the slot of a pool fetched.
    @_noAllocation @_noLocks
    func prefetch(_ number: Int) {
      guard number >= 0, number < count else { return }
      unsafe cl_prefetch(UInt(bitPattern: slots + number))
    }

    /// Has what comes first of a pool's schedule fetched, and the counter of its turns with those beside it.
    @_noAllocation @_noLocks
    func prefetchSchedule(of number: Int, _ counters: PoolCounters.View, worker: Int) {
      guard number >= 0, number < count else { return }
      cl_prefetch(unsafe slots[number].address.load(ordering: .relaxed))
      counters.prefetch(unsafe slots[number].column &- 1, worker: worker)
    }

    /// By what a pool of the zone is answered now, and the column of its first member, before which are those that
    /// count turns; nil while it has no schedule.
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
