// Unsafe file. Plain memory, one row a worker, each row on cache lines of its own. Every access checks row
// and column. A row is read and written by its worker alone, so there is no race; memory is freed with the
// object, which every snapshot that refers to it keeps alive.

/// Whose turn it is in each rotated RRset of a zone, for each worker.
@safe
final class RotationCounters: @unchecked Sendable {  // Sendable: see above, one writer a row.
  private let memory: UnsafeMutablePointer<UInt32>
  let view: View

  init(workers: Int, rotations: Int) {
    // 16 counters fill a cache line of 64 octets, so that no two workers write the same one.
    let rowLength = (rotations + 15) & ~15
    let memory = UnsafeMutableRawPointer.allocate(byteCount: max(workers * rowLength * 4, 64), alignment: 64)
    unsafe self.memory = memory.initializeMemory(as: UInt32.self, repeating: 0, count: workers * rowLength)
    unsafe view = View(base: self.memory, rows: workers, columns: rotations, rowLength: rowLength)
  }

  deinit {
    unsafe UnsafeMutableRawPointer(memory).deallocate()
  }

  /// What workers hold; valid as long as the counters live.
  @safe
  struct View: @unchecked Sendable {
    fileprivate let base: UnsafeMutablePointer<UInt32>
    fileprivate let rows: Int
    fileprivate let columns: Int
    fileprivate let rowLength: Int

    /// Takes the next turn of a rotation among `count` records: 0..<count, each equally often.
    @_noAllocation @_noLocks
    func next(worker: Int, rotation: Int, of count: Int) -> Int {
      precondition(worker >= 0 && worker < rows && rotation >= 0 && rotation < columns)
      let place = unsafe base + (worker &* rowLength &+ rotation)
      let turn = unsafe Int(place.pointee)
      unsafe place.pointee = turn &+ 1 >= count ? 0 : UInt32(truncatingIfNeeded: turn &+ 1)
      return turn < count ? turn : 0
    }
  }
}
