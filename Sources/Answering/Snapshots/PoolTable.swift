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
  /// By pool; behind the last, the members of all pools.
  private let firstMembers: [Int]

  init(_ schedules: [EncodedSchedule]) {
    var firstMembers = [0]
    unsafe slots = .allocate(capacity: max(schedules.count, 1))
    for (pool, schedule) in schedules.enumerated() {
      let slot = Slot(address: Atomic(schedule.view.address), firstMember: firstMembers[pool])
      unsafe (slots + pool).initialize(to: slot)
      firstMembers.append(firstMembers[pool] + schedule.memberCount)
    }
    self.firstMembers = firstMembers
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

  /// The members of all pools; those of a pool have consecutive numbers among them.
  var memberCount: Int { firstMembers[view.count] }

  /// The numbers of a pool's members.
  func members(of pool: Int) -> Range<Int> { firstMembers[pool]..<firstMembers[pool + 1] }

  /// Has workers answer by another schedule from now on. It has as many members as the one before.
  ///
  /// - Returns: the schedule before, to be released when no worker reads it any more.
  @unsafe
  func exchange(_ schedule: EncodedSchedule, for pool: Int) -> Unmanaged<EncodedSchedule> {
    precondition(schedule.memberCount == members(of: pool).count)
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
    /// The number of the pool's first member.
    let firstMember: Int
  }

  /// What workers hold; valid as long as the table lives.
  @safe
  struct View: @unchecked Sendable {
    fileprivate let slots: UnsafePointer<Slot>
    fileprivate let count: Int

    /// By what a pool of the zone is answered now, and the number of its first member; nil while it has no schedule.
    ///
    /// The next call may return another schedule. Each is valid until the worker leaves the snapshot.
    @_noAllocation @_noLocks
    func pool(_ number: Int) -> (schedule: ScheduleView, firstMember: Int)? {
      guard number >= 0, number < count else { return nil }
      let address = unsafe slots[number].address.load(ordering: .acquiring)
      guard let schedule = unsafe ScheduleView(address: address) else { return nil }
      return unsafe (schedule, slots[number].firstMember)
    }
  }
}
