// Unsafe file. Plain memory, one row a worker, each row on cache lines of its own: the members' counters, then the
// rotations. Every access checks row and column. A row is written by its worker alone; only members' counters are
// read by others too, so they are atomics. The memory is freed with the object, which every snapshot that refers to
// it keeps alive.

import Synchronization

/// What each worker counts as it answers from a zone: whose turn it is in each rotation, and how often each member of
/// its pools came first.
@safe
final class ZoneCounters: @unchecked Sendable {  // Sendable: see above, one writer a row.
  private let memory: UnsafeMutableRawPointer
  let view: View

  /// - Parameter members: of all pools together.
  init(workers: Int, rotations: Int, members: Int) {
    // No two workers write the same cache line of 64 octets.
    let rowLength = (members * 8 + rotations * 4 + 63) & ~63
    unsafe memory = .allocate(byteCount: max(workers * rowLength, 64), alignment: 64)
    for worker in 0..<workers {
      let row = unsafe memory + worker * rowLength
      for member in 0..<members {
        unsafe (row + member * 8).initializeMemory(as: Atomic<UInt64>.self, to: Atomic(0))
      }
      unsafe (row + members * 8).initializeMemory(as: UInt32.self, repeating: 0, count: rotations)
    }
    unsafe view = View(
      memory: memory, rows: workers, members: members, rotations: rotations, rowLength: rowLength)
  }

  deinit {
    // Atomics need no deinitialising.
    unsafe memory.deallocate()
  }

  /// How often a member came first in the answers of all workers, by now.
  func answers(ofMember member: Int) -> UInt64 {
    (0..<view.rows).reduce(0) { sum, worker in
      unsafe sum + view.answers(worker: worker, member: member).pointee.load(ordering: .relaxed)
    }
  }

  /// What workers hold; valid as long as the counters live.
  @safe
  struct View: @unchecked Sendable {
    fileprivate let memory: UnsafeMutableRawPointer
    fileprivate let rows: Int
    fileprivate let members: Int
    fileprivate let rotations: Int
    fileprivate let rowLength: Int

    /// Whose turn it is in a rotation: 0..<count. Where `count` has become less than the turns already taken, whole
    /// rounds are left out.
    @_noAllocation @_noLocks
    func turn(worker: Int, rotation: Int, of count: Int) -> Int {
      let turn = unsafe Int(self.rotation(worker: worker, rotation).pointee)
      return turn < count ? turn : turn % count
    }

    /// Makes it the turn of the one that follows `turn`.
    @_noAllocation @_noLocks
    func end(_ turn: Int, worker: Int, rotation: Int, of count: Int) {
      let next = turn &+ 1 >= count ? 0 : UInt32(truncatingIfNeeded: turn &+ 1)
      unsafe self.rotation(worker: worker, rotation).pointee = next
    }

    /// Notes that a member came first in an answer. For the worker only.
    @_noAllocation @_noLocks
    func countAnswer(worker: Int, member: Int) {
      let count = unsafe answers(worker: worker, member: member)
      let value = unsafe count.pointee.load(ordering: .relaxed)
      unsafe count.pointee.store(value &+ 1, ordering: .relaxed)
    }

    @inline(__always)
    private func rotation(worker: Int, _ rotation: Int) -> UnsafeMutablePointer<UInt32> {
      precondition(worker >= 0 && worker < rows && rotation >= 0 && rotation < rotations)
      return unsafe (memory + (worker &* rowLength &+ members &* 8 &+ rotation &* 4))
        .assumingMemoryBound(to: UInt32.self)
    }

    @inline(__always)
    fileprivate func answers(worker: Int, member: Int) -> UnsafeMutablePointer<Atomic<UInt64>> {
      precondition(worker >= 0 && worker < rows && member >= 0 && member < members)
      return unsafe (memory + (worker &* rowLength &+ member &* 8))
        .assumingMemoryBound(to: Atomic<UInt64>.self)
    }
  }
}
