// Unsafe file. An arena is read here with bounds checked by hand: a span cannot be formed inside a
// function that is proved free of allocation. Each load checks that it lies inside [0, count), and the
// types loaded are unsigned integers, of which every bit pattern is a value. That the memory outlives the
// view is its holder's part: `CompiledZone` owns a zone's arena, a `Snapshot` owns its zones, and a worker
// holds a view only between entering and leaving a snapshot.

import CLinux

/// A bounds-checked view of compiled data, in the machine's byte order.
@safe
public struct ArenaView: @unchecked Sendable {  // Sendable: what it views is never written again.
  @usableFromInline let base: UnsafeRawPointer
  /// Octets viewed.
  public let count: Int

  @inlinable
  @unsafe
  public init(base: UnsafeRawPointer, count: Int) {
    unsafe self.base = base
    self.count = count
  }

  @inlinable @inline(__always) @_noAllocation @_noLocks
  public func octet(at offset: Int) -> UInt8 {
    precondition(offset >= 0 && offset < count)
    return unsafe base.load(fromByteOffset: offset, as: UInt8.self)
  }

  @inlinable @inline(__always) @_noAllocation @_noLocks
  public func uint16(at offset: Int) -> UInt16 {
    precondition(offset >= 0 && offset &+ 2 <= count)
    return unsafe base.loadUnaligned(fromByteOffset: offset, as: UInt16.self)
  }

  @inlinable @inline(__always) @_noAllocation @_noLocks
  public func uint32(at offset: Int) -> UInt32 {
    precondition(offset >= 0 && offset &+ 4 <= count)
    return unsafe base.loadUnaligned(fromByteOffset: offset, as: UInt32.self)
  }

  @inlinable @inline(__always) @_noAllocation @_noLocks
  public func uint64(at offset: Int) -> UInt64 {
    precondition(offset >= 0 && offset &+ 8 <= count)
    return unsafe base.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
  }

  /// The octets from `offset` on.
  @inlinable @inline(__always) @_noAllocation @_noLocks
  public func part(from offset: Int, count length: Int) -> ArenaView {
    precondition(offset >= 0 && length >= 0 && offset &+ length <= count)
    return unsafe ArenaView(base: base + offset, count: length)
  }

  /// What tells the octet at `offset` from all others in memory.
  @inlinable @inline(__always) @_noAllocation @_noLocks
  public func identity(of offset: Int) -> UInt64 {
    unsafe UInt64(UInt(bitPattern: base)) &+ UInt64(truncatingIfNeeded: offset)
  }

  /// Has what is at `offset` fetched, while other work goes on. The offset need not lie inside.
  @_noAllocation @_noLocks
  public func prefetch(at offset: Int) {
    cl_prefetch(UInt(truncatingIfNeeded: identity(of: offset)))
  }

  /// Copies `length` octets from `offset` on to `position` of `message`.
  @inlinable @inline(__always) @_noAllocation @_noLocks
  @_lifetime(message: copy message)
  public func copy(from offset: Int, length: Int, to message: inout MutableRawSpan, at position: Int) {
    precondition(offset >= 0 && length >= 0 && offset &+ length <= count)
    precondition(position >= 0 && position &+ length <= message.byteCount)
    unsafe message.withUnsafeMutableBytes { octets in
      guard let start = octets.baseAddress else { return }
      unsafe (start + position).copyMemory(from: base + offset, byteCount: length)
    }
  }
}
