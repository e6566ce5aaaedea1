/// The network of clients that a query is for, as an EDNS Client Subnet option tells it (RFC 7871 §6).
public struct ClientSubnet: Equatable, Sendable, BitwiseCopyable {
  /// As the option has it: IPv6 for an IPv4-mapped address, too.
  public let family: IPAddress.Family
  /// The bits of the network's first address, placed as in `IPAddress`.
  public let high: UInt64
  public let low: UInt64
  /// SOURCE PREFIX-LENGTH: how many bits of the address are given, 0...32 or 0...128; 0: the resolver keeps its client
  /// to itself.
  public let length: Int

  /// Reads the data of an option in a query.
  ///
  /// - Returns: nil where it is malformed: of another family than IPv4 and IPv6, with more bits than these have, with
  ///   too few or too many octets of address, with bits beyond the length, or with a scope.
  @_noAllocation @_noLocks
  public init?(_ message: borrowing RawSpan, from start: Int, to end: Int) {
    guard start >= 0, start &+ 4 <= end, end <= message.byteCount else { return nil }
    // FAMILY (16 bits), SOURCE PREFIX-LENGTH (8), SCOPE PREFIX-LENGTH (8).
    let fields = message.uint32(at: start)
    let number = fields >> 16
    guard number == 1 || number == 2, fields & 0xff == 0 else { return nil }
    family = number == 1 ? .v4 : .v6
    length = Int(fields >> 8 & 0xff)
    let width = number == 1 ? 32 : 128
    let count = end &- start &- 4
    guard length <= width, count == (length &+ 7) >> 3 else { return nil }
    // Octets that are not given; shifts by more than there is leave nothing.
    let rest = UInt64(truncatingIfNeeded: width &- count &* 8)
    if number == 1 {
      // With as many octets before the address as it lacks.
      low = UInt64(message.uint32(at: end &- 4) << UInt32(truncatingIfNeeded: rest))
      high = 0
    } else {
      var (high, low): (UInt64, UInt64) = (0, 0)
      for place in start &+ 4..<end {
        high = high << 8 | low >> 56
        low = low << 8 | UInt64(message.octet(at: place))
      }
      self.high = high << rest | (rest < 64 ? low >> (64 &- rest) : low << (rest &- 64))
      self.low = low << rest
    }
    // Bits that the length does not reach.
    let unsaid = width &- length
    guard low & (unsaid >= 64 ? .max : (1 << UInt64(unsaid)) &- 1) == 0 else { return nil }
    guard unsaid <= 64 || high & (.max >> UInt64(length)) == 0 else { return nil }
  }

  /// Octets of address that the option has.
  @inlinable public var octetCount: Int { (length &+ 7) >> 3 }

  /// An octet of the address, the first at 0.
  @inlinable
  public func octet(at index: Int) -> UInt8 {
    switch family {
    case .v4: UInt8(truncatingIfNeeded: low >> UInt64(24 &- index &* 8))
    case .v6:
      UInt8(
        truncatingIfNeeded: index < 8 ? high >> UInt64(56 &- index &* 8) : low >> UInt64(120 &- index &* 8))
    }
  }

  /// The network's first address; IPv4 where it stands for an IPv4 address.
  @inlinable public var address: IPAddress {
    family == .v4
      ? IPAddress(v4: UInt32(truncatingIfNeeded: low)) : IPAddress(v6High: high, low: low).untranslated
  }
}
