// Unsafe file, for its loads and its copy: see `RawSpan+Integers.swift` for the loads; the copy checks both
// ranges, and its source cannot be what it writes to, which it borrows for writing.

extension MutableRawSpan {
  /// Stores an octet at `offset`. Traps when it lies outside.
  @inlinable @inline(__always) @_lifetime(self: copy self)
  public mutating func store(octet value: UInt8, at offset: Int) {
    storeBytes(of: value, toByteOffset: offset, as: UInt8.self)
  }

  /// Stores a 16-bit integer in network order at `offset`. Traps when any of it lies outside.
  @inlinable @inline(__always) @_lifetime(self: copy self)
  public mutating func store(uint16 value: UInt16, at offset: Int) {
    storeBytes(of: value.bigEndian, toByteOffset: offset, as: UInt16.self)
  }

  /// Stores a 32-bit integer in network order at `offset`. Traps when any of it lies outside.
  @inlinable @inline(__always) @_lifetime(self: copy self)
  public mutating func store(uint32 value: UInt32, at offset: Int) {
    storeBytes(of: value.bigEndian, toByteOffset: offset, as: UInt32.self)
  }

  /// The octet at `offset`. Traps when it lies outside.
  @inlinable @inline(__always)
  public func octet(at offset: Int) -> UInt8 {
    unsafe unsafeLoad(fromByteOffset: offset, as: UInt8.self)
  }

  /// Copies the octets from `start` up to `end` of `source` to the same place here. Traps when any lies outside.
  @inlinable @inline(__always) @_lifetime(self: copy self)
  public mutating func copy(_ source: RawSpan, from start: Int, to end: Int) {
    precondition(start >= 0 && start <= end && end <= source.byteCount && end <= byteCount)
    unsafe withUnsafeMutableBytes { target in
      unsafe source.withUnsafeBytes { octets in
        guard let to = target.baseAddress, let from = octets.baseAddress else { return }
        unsafe (to + start).copyMemory(from: from + start, byteCount: end &- start)
      }
    }
  }
}
