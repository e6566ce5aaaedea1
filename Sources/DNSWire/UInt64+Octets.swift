extension UInt64 {
  /// The lowest `count` octets, the others zero. `count` is 1 at least; from 8 on it is all of them.
  @inlinable @inline(__always)
  public func lowestOctets(_ count: Int) -> UInt64 {
    count < 8 ? self & ((1 &<< UInt64(truncatingIfNeeded: count &* 8)) &- 1) : self
  }
}
