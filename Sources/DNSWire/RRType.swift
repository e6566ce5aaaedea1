/// The type of a resource record, or a QTYPE (RFC 1035 §3.2.2, RFC 6895 §3.1).
public struct RRType: RawRepresentable, Hashable, Sendable {
  public let rawValue: UInt16

  @inlinable
  public init(rawValue: UInt16) { self.rawValue = rawValue }

  @inlinable public static var a: RRType { RRType(rawValue: 1) }
  @inlinable public static var ns: RRType { RRType(rawValue: 2) }
  @inlinable public static var cname: RRType { RRType(rawValue: 5) }
  @inlinable public static var soa: RRType { RRType(rawValue: 6) }
  @inlinable public static var ptr: RRType { RRType(rawValue: 12) }
  @inlinable public static var mx: RRType { RRType(rawValue: 15) }
  @inlinable public static var txt: RRType { RRType(rawValue: 16) }
  @inlinable public static var aaaa: RRType { RRType(rawValue: 28) }
  @inlinable public static var srv: RRType { RRType(rawValue: 33) }
  @inlinable public static var dname: RRType { RRType(rawValue: 39) }
  @inlinable public static var opt: RRType { RRType(rawValue: 41) }
  @inlinable public static var ds: RRType { RRType(rawValue: 43) }
  @inlinable public static var rrsig: RRType { RRType(rawValue: 46) }
  @inlinable public static var nsec: RRType { RRType(rawValue: 47) }
  @inlinable public static var svcb: RRType { RRType(rawValue: 64) }
  @inlinable public static var https: RRType { RRType(rawValue: 65) }
  @inlinable public static var tsig: RRType { RRType(rawValue: 250) }
  @inlinable public static var ixfr: RRType { RRType(rawValue: 251) }
  @inlinable public static var axfr: RRType { RRType(rawValue: 252) }
  @inlinable public static var any: RRType { RRType(rawValue: 255) }
}
