/// A domain name in wire format (RFC 1035 §3.1), absolute, in the case it was written in.
///
/// For loading, checking and reporting. Equality and hashing follow the octets; use `lowercased` first
/// where names are to be compared as DNS does (RFC 4343).
public struct DomainName: Hashable, Sendable {
  /// Length octets and labels, ending with the root's zero octet. 1 to 255 octets.
  public let octets: [UInt8]

  /// Takes octets that are known to be a well-formed, uncompressed name.
  public init(wellFormed octets: [UInt8]) {
    self.octets = octets
  }

  public static var root: DomainName { DomainName(wellFormed: [0]) }
}
