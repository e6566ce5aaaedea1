/// The response code, with the upper eight bits that EDNS adds (RFC 1035 §4.1.1, RFC 6891 §6.1.3).
public struct Rcode: RawRepresentable, Hashable, Sendable {
  public let rawValue: UInt16

  @inlinable
  public init(rawValue: UInt16) { self.rawValue = rawValue }

  @inlinable public static var noError: Rcode { Rcode(rawValue: 0) }
  @inlinable public static var formErr: Rcode { Rcode(rawValue: 1) }
  @inlinable public static var servFail: Rcode { Rcode(rawValue: 2) }
  @inlinable public static var nxDomain: Rcode { Rcode(rawValue: 3) }
  @inlinable public static var notImp: Rcode { Rcode(rawValue: 4) }
  @inlinable public static var refused: Rcode { Rcode(rawValue: 5) }
  @inlinable public static var yxDomain: Rcode { Rcode(rawValue: 6) }
  @inlinable public static var notAuth: Rcode { Rcode(rawValue: 9) }
  @inlinable public static var badVers: Rcode { Rcode(rawValue: 16) }
}
