// Unsafe file. Every access is checked against the number of elements, which the mapping has room for and
// keeps for as long as the array lives. All bits zero are a value.

/// A fixed number of optional indices, in memory that is taken up only as it is used.
@safe
struct IndexArray: ~Copyable {
  private let memory: MappedMemory
  private let elements: UnsafeMutablePointer<UInt32>
  private let count: Int

  /// All elements are nil.
  init(count: Int) throws(Errno) {
    let memory = try MappedMemory(byteCount: count * MemoryLayout<UInt32>.stride)
    unsafe elements = memory.start.bindMemory(to: UInt32.self, capacity: count)
    self.count = count
    self.memory = memory
  }

  /// An index below 2^32 - 1. It is kept as its successor, so that zero is nil.
  subscript(position: Int) -> Int? {
    @_noAllocation @_noLocks
    get {
      precondition(position >= 0 && position < count)
      let value = unsafe elements[position]
      return value == 0 ? nil : Int(value) - 1
    }
    @_noAllocation @_noLocks
    set {
      precondition(position >= 0 && position < count)
      if let newValue {
        unsafe elements[position] = UInt32(truncatingIfNeeded: newValue + 1)
      } else {
        unsafe elements[position] = 0
      }
    }
  }
}
