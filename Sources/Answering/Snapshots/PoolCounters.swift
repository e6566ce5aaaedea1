// Unsafe file. Plain memory of atomics, one row a worker, each row on cache lines of its own. Every access checks row
// and column. A row is written by its worker alone, so that plain loads and stores (relaxed) do; others read values
// that are each right, if not all of the same instant. The memory is freed with the object, which every snapshot that
// refers to it keeps alive.

import CLinux
import Synchronization

/// What each worker counts as it answers from a zone's pools: for each schedule of a pool whose turn it is, and behind
/// that how often each of the pool's members came first.
@safe
final class PoolCounters: @unchecked Sendable {
  private let memory: UnsafeMutablePointer<Atomic<UInt64>>
  let view: View

  /// Counters that fill a cache line of 64 octets.
  private static let line = 8

  /// The next `count` columns from `end` on, where they take no more cache lines than they must.
  static func columns(_ count: Int, after end: Int) -> Range<Int> {
    let lines = { (columns: Int) in (columns + line - 1) / line }
    let start = lines(end % line + count) > lines(count) ? lines(end) * line : end
    return start..<start + count
  }

  /// - Parameter columns: all that there are.
  init(workers: Int, columns: Int) {
    // No two workers write the same cache line.
    let rowLength = (columns + Self.line - 1) / Self.line * Self.line
    let count = workers * rowLength
    unsafe memory = UnsafeMutableRawPointer.allocate(byteCount: max(count * 8, 64), alignment: 64)
      .bindMemory(to: Atomic<UInt64>.self, capacity: count)
    for index in 0..<count { unsafe (memory + index).initialize(to: Atomic(0)) }
    unsafe view = View(base: memory, rows: workers, columns: columns, rowLength: rowLength)
  }

  deinit {
    // Atomics need no deinitialising.
    unsafe UnsafeMutableRawPointer(memory).deallocate()
  }

  /// The sum of a column over all workers, by now.
  func sum(of column: Int) -> UInt64 {
    (0..<view.rows).reduce(0) { sum, worker in
      unsafe sum + view.counter(worker, column).pointee.load(ordering: .relaxed)
    }
  }

  /// What workers hold; valid as long as the counters live.
  @safe
  struct View: @unchecked Sendable {
    fileprivate let base: UnsafeMutablePointer<Atomic<UInt64>>
    fileprivate let rows: Int
    fileprivate let columns: Int
    fileprivate let rowLength: Int

    /// Has a counter fetched, and those beside it.
    @_noAllocation @_noLocks
    func prefetch(_ column: Int, worker: Int) {
      unsafe cl_prefetch(UInt(bitPattern: counter(worker, column)))
    }

    /// Whose turn it is in a pool: 0..<count. Where `count` has become less than the turns already taken, whole
    /// rounds are left out.
    @_noAllocation @_noLocks @inline(__always)
    func turn(worker: Int, pool column: Int, of count: Int) -> Int {
      let turn = unsafe Int(truncatingIfNeeded: counter(worker, column).pointee.load(ordering: .relaxed))
      return turn < count ? turn : turn % count
    }

    /// Makes it the turn of the one that follows `turn`.
    @_noAllocation @_noLocks
    func end(_ turn: Int, worker: Int, pool column: Int, of count: Int) {
      let next = turn &+ 1 >= count ? 0 : UInt64(truncatingIfNeeded: turn &+ 1)
      unsafe counter(worker, column).pointee.store(next, ordering: .relaxed)
    }

    /// Notes that a member came first in an answer.
    @_noAllocation @_noLocks
    func countAnswer(worker: Int, member column: Int) {
      let counter = unsafe counter(worker, column)
      let count = unsafe counter.pointee.load(ordering: .relaxed)
      unsafe counter.pointee.store(count &+ 1, ordering: .relaxed)
    }

    @inline(__always)
    fileprivate func counter(_ worker: Int, _ column: Int) -> UnsafeMutablePointer<Atomic<UInt64>> {
      precondition(worker >= 0 && worker < rows && column >= 0 && column < columns)
      return unsafe base + (worker &* rowLength &+ column)
    }
  }
}
