// Unsafe file. For the loads see `RawSpan+Integers.swift`. The copy checks both ranges; the source's address leaves
// its closure, but not the function, which borrows the source all the while. It is left out of the proof of the data
// plane, as debug builds take the closures for something that is counted; what it does is copy.

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

  /// Stores two 16-bit integers in network order at `offset`. Traps when any of them lies outside.
  @inlinable @inline(__always) @_lifetime(self: copy self)
  public mutating func store(_ first: UInt16, _ second: UInt16, at offset: Int) {
    store(uint32: UInt32(first) << 16 | UInt32(second), at: offset)
  }

  /// The octet at `offset`. Traps when it lies outside.
  @inlinable @inline(__always)
  public func octet(at offset: Int) -> UInt8 {
    unsafe unsafeLoad(fromByteOffset: offset, as: UInt8.self)
  }

  /// Copies the octets from `start` up to `end` of `source` to the same place here. Traps when any lies outside.
  @inlinable @_semantics("no_performance_analysis") @_lifetime(self: copy self)
  public mutating func copy(_ source: RawSpan, from start: Int, to end: Int) {
    precondition(start >= 0 && start <= end && end <= source.byteCount && end <= byteCount)
    let octets = unsafe source.withUnsafeBytes { $0.baseAddress }
    unsafe withUnsafeMutableBytes { target in
      guard let target = target.baseAddress, let octets = unsafe octets else { return }
      unsafe (target + start).copyMemory(from: octets + start, byteCount: end &- start)
    }
  }
}
