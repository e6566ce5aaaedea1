// Unsafe file. Memory of a fixed size, owned by one value and freed with it. Every load and store checks that it
// lies inside; the types are unsigned integers, of which every bit pattern is a value. An `InlineArray` would be
// safe without this file, but is copied whole wherever its owner is borrowed.

/// A worker's workspace: octets of a fixed number, zero at first, that never move.
@safe
public struct ScratchMemory: ~Copyable {
  @usableFromInline let base: UnsafeMutableRawPointer
  /// Octets there are.
  public let count: Int

  public init(count: Int) {
    self.count = count
    unsafe base = .allocate(byteCount: count, alignment: 8)
    unsafe base.initializeMemory(as: UInt8.self, repeating: 0, count: count)
  }

  deinit {
    unsafe base.deallocate()
  }

  @inlinable @inline(__always) @_noAllocation @_noLocks
  public func octet(at offset: Int) -> UInt8 {
    precondition(offset >= 0 && offset < count)
    return unsafe base.load(fromByteOffset: offset, as: UInt8.self)
  }

  @inlinable @inline(__always) @_noAllocation @_noLocks
  public func uint64(at offset: Int) -> UInt64 {
    precondition(offset >= 0 && offset &+ 8 <= count)
    return unsafe base.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
  }

  @inlinable @inline(__always) @_noAllocation @_noLocks
  public mutating func store(octet value: UInt8, at offset: Int) {
    precondition(offset >= 0 && offset < count)
    unsafe base.storeBytes(of: value, toByteOffset: offset, as: UInt8.self)
  }

  @inlinable @inline(__always) @_noAllocation @_noLocks
  public mutating func store(uint64 value: UInt64, at offset: Int) {
    precondition(offset >= 0 && offset &+ 8 <= count)
    unsafe base.storeBytes(of: value, toByteOffset: offset, as: UInt64.self)
  }
}
