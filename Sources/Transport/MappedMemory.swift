// Unsafe file. The owner of a mapping: the pointer is valid for as long as the value lives, and whoever
// takes it must live in the same structure.

/// Zeroed, page-aligned memory that takes no space until it is written to.
@safe
struct MappedMemory: ~Copyable {
  let start: UnsafeMutableRawPointer
  let byteCount: Int

  /// - Parameter byteCount: at least 1.
  init(byteCount: Int) throws(Errno) {
    unsafe self.init(start: try System.map(byteCount: byteCount), byteCount: byteCount)
  }

  @unsafe
  private init(start: UnsafeMutableRawPointer, byteCount: Int) {
    unsafe self.start = start
    self.byteCount = byteCount
  }

  deinit { unsafe System.unmap(start, byteCount: byteCount) }
}
