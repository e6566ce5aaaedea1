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
}
