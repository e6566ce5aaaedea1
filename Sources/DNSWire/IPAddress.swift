/// An IPv4 or IPv6 address, as a plain value that costs nothing to pass on.
public struct IPAddress: Hashable, Sendable, BitwiseCopyable {
  /// The family, which an IPv4-mapped IPv6 address (RFC 4291 §2.5.5.2) loses in favour of IPv4.
  public enum Family: UInt8, Sendable, BitwiseCopyable {
    case v4 = 4
    case v6 = 6
  }

  public let family: Family
  /// The upper 64 bits of an IPv6 address, zero for IPv4.
  public let high: UInt64
  /// The lower 64 bits of an IPv6 address, or the IPv4 address in the lower 32.
  public let low: UInt64

  @inlinable
  public init(v4 bits: UInt32) {
    family = .v4
    high = 0
    low = UInt64(bits)
  }

  @inlinable
  public init(v6High: UInt64, low v6Low: UInt64) {
    let isMapped = v6High == 0 && v6Low >> 32 == 0xffff
    family = isMapped ? .v4 : .v6
    high = v6High
    low = isMapped ? v6Low & 0xffff_ffff : v6Low
  }
}
