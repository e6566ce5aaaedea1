// Unsafe file, for its loads: see `RawSpan+Integers.swift`.

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
  @inlinable @_noAllocation @_noLocks @_lifetime(self: copy self)
  public mutating func copy(_ source: RawSpan, from start: Int, to end: Int) {
    var offset = start
    while offset &+ 8 <= end {
      storeBytes(of: source.octets8(at: offset).littleEndian, toByteOffset: offset, as: UInt64.self)
      offset &+= 8
    }
    if offset < end, end &- start >= 8 {
      // The rest, with some of what is copied already.
      storeBytes(of: source.octets8(at: end &- 8).littleEndian, toByteOffset: end &- 8, as: UInt64.self)
      return
    }
    while offset < end {
      store(octet: source.octet(at: offset), at: offset)
      offset &+= 1
    }
  }
}
