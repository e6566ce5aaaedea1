/// The code of an option in an OPT record (RFC 6891 §6.1.2).
public struct EDNSOptionCode: RawRepresentable, Hashable, Sendable {
  public let rawValue: UInt16

  @inlinable
  public init(rawValue: UInt16) { self.rawValue = rawValue }

  /// Name server identifier (RFC 5001).
  @inlinable public static var nsid: EDNSOptionCode { EDNSOptionCode(rawValue: 3) }
  /// Client Subnet (RFC 7871).
  @inlinable public static var clientSubnet: EDNSOptionCode { EDNSOptionCode(rawValue: 8) }
  /// Extended DNS Error (RFC 8914).
  @inlinable public static var extendedError: EDNSOptionCode { EDNSOptionCode(rawValue: 15) }
}
