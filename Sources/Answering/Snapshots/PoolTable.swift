// Unsafe file. Plain memory with an element for each pool of a zone, written in `init` and freed in `deinit`. An access
// checks the pool's number. The schedules that the elements view are retained along with it.

import Zones

/// The schedules of a zone's pools, by number.
@safe
final class PoolTable: @unchecked Sendable {  // Sendable: nothing is written after `init`.
  let view: View
  private let schedules: [EncodedSchedule]
  private let memory: UnsafeMutablePointer<ScheduleView>

  init(_ schedules: [EncodedSchedule]) {
    self.schedules = schedules
    unsafe memory = .allocate(capacity: max(schedules.count, 1))
    for (pool, schedule) in schedules.enumerated() { unsafe (memory + pool).initialize(to: schedule.view) }
    unsafe view = View(base: UnsafePointer(memory), count: schedules.count)
  }

  deinit {
    unsafe memory.deallocate()
  }

  /// What workers hold; valid as long as the table lives.
  @safe
  struct View: @unchecked Sendable {
    fileprivate let base: UnsafePointer<ScheduleView>
    fileprivate let count: Int

    /// The schedule of a pool of the zone; nil while it has none.
    @_noAllocation @_noLocks
    func schedule(of pool: Int) -> ScheduleView? {
      pool >= 0 && pool < count ? unsafe base[pool] : nil
    }
  }
}
