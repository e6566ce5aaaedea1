// Unsafe file. `bytes` is called unsafe because an element may have padding, which must not be read. An
// octet has none.

extension Span where Element == UInt8 {
  /// The same octets, untyped.
  @inlinable
  public var octets: RawSpan {
    @_lifetime(copy self)
    get { unsafe bytes }
  }
}
