// Unsafe file. `unsafeLoadUnaligned` checks the bounds itself; it is called unsafe because a caller may
// ask for a type that not every bit pattern is a value of. Here the types are unsigned integers, of
// which every bit pattern is a value.

extension RawSpan {
  /// The octet at `offset`. Traps when it lies outside.
  @inlinable @inline(__always)
  public func octet(at offset: Int) -> UInt8 {
    unsafe unsafeLoad(fromByteOffset: offset, as: UInt8.self)
  }

  /// The 16-bit integer in network order at `offset`. Traps when any of it lies outside.
  @inlinable @inline(__always)
  public func uint16(at offset: Int) -> UInt16 {
    unsafe unsafeLoadUnaligned(fromByteOffset: offset, as: UInt16.self).bigEndian
  }

  /// The 32-bit integer in network order at `offset`. Traps when any of it lies outside.
  @inlinable @inline(__always)
  public func uint32(at offset: Int) -> UInt32 {
    unsafe unsafeLoadUnaligned(fromByteOffset: offset, as: UInt32.self).bigEndian
  }

  /// Eight octets at `offset`, the first one in the lowest bits. Traps when any of them lies outside.
  @inlinable @inline(__always)
  public func octets8(at offset: Int) -> UInt64 {
    unsafe unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self).littleEndian
  }
}
