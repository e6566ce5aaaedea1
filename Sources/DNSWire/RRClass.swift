/// The class of a resource record, or a QCLASS (RFC 1035 §3.2.4, RFC 6895 §3.2).
public struct RRClass: RawRepresentable, Hashable, Sendable {
  public let rawValue: UInt16

  @inlinable
  public init(rawValue: UInt16) { self.rawValue = rawValue }

  @inlinable public static var internet: RRClass { RRClass(rawValue: 1) }
  @inlinable public static var chaos: RRClass { RRClass(rawValue: 3) }
  @inlinable public static var any: RRClass { RRClass(rawValue: 255) }
}
