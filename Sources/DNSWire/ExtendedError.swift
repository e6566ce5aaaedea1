/// The INFO-CODE of an Extended DNS Error (RFC 8914 §4).
public struct ExtendedError: RawRepresentable, Hashable, Sendable {
  public let rawValue: UInt16

  @inlinable
  public init(rawValue: UInt16) { self.rawValue = rawValue }

  /// The name is not in a zone that this server serves (§4.21).
  @inlinable public static var notAuthoritative: ExtendedError { ExtendedError(rawValue: 20) }
  /// The server does not do what was asked, for anybody (§4.22).
  @inlinable public static var notSupported: ExtendedError { ExtendedError(rawValue: 21) }
  /// The server is configured for the zone but has no usable data of it (§4.25).
  @inlinable public static var invalidData: ExtendedError { ExtendedError(rawValue: 24) }
}
