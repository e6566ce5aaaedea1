// Unsafe file. A schedule is told by the address of its arena, whose size is its first word, so that one atomic word
// leads to it. `EncodedSchedule` writes that word. That the memory outlives the view is its holder's part: `PoolTable`
// keeps schedules until no worker is between entering and leaving a snapshot.

extension ScheduleView {
  /// A view whose `address` this is; nil for 0.
  @inlinable @inline(__always)
  @unsafe
  public init?(address: UInt) {
    guard let base = unsafe UnsafeRawPointer(bitPattern: address) else { return nil }
    self.init(unsafe ArenaView(base: base, count: Int(base.load(as: UInt32.self))))
  }

  /// The view as a number, which can be stored atomically.
  public var address: UInt { unsafe UInt(bitPattern: arena.base) }
}
