/// Which chunks of output are free. The last one given back is taken first.
struct ChunkPool: ~Copyable {
  private var firstFree: Int?
  private var nextFree: IndexArray
  private var touched = 0
  private let count: Int

  init(count: Int) throws(Errno) {
    nextFree = try IndexArray(count: count)
    self.count = count
  }

  /// A chunk that nobody else has; nil when all are taken.
  @_noAllocation @_noLocks
  mutating func take() -> Int? {
    if let chunk = firstFree {
      firstFree = nextFree[chunk]
      return chunk
    }
    guard touched < count else { return nil }
    touched += 1
    return touched - 1
  }

  @_noAllocation @_noLocks
  mutating func giveBack(_ chunk: Int) {
    nextFree[chunk] = firstFree
    firstFree = chunk
  }
}
