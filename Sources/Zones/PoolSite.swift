public import DNSWire

/// A place in a zone whose answers a policy decides: the A or AAAA RRset of a name, or in place of both a CNAME.
public struct PoolSite: Equatable, Sendable {
  public let owner: DomainName
  /// A, AAAA or CNAME.
  public let type: RRType
  /// Of the RRset, in seconds; for a CNAME, of which the zone holds no record, of the policy's first record.
  public let ttl: UInt32
  /// In the order of the zone; none for a CNAME.
  public let addresses: [IPAddress]
}
