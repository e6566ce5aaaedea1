public import DNSWire

/// What a zone holds at a name, as far as it matters to a policy for it.
public struct PolicyOwner: Equatable, Sendable {
  /// Whether the zone answers for the name itself.
  public enum Standing: Equatable, Sendable {
    case authoritative
    /// NS records other than the apex's are there: addresses are glue.
    case delegation
    /// That name is delegated (RFC 1034 §4.2.1).
    case belowDelegation(DomainName)
    /// That name has a DNAME (RFC 6672 §2.3).
    case belowRedirection(DomainName)
  }

  public var standing = Standing.authoritative
  /// Of the A and the AAAA RRset, each in the order of the zone.
  public var addresses: [IPAddress] = []
  /// Whether a CNAME is there.
  public var isAlias = false
  /// Of other records there, each type once.
  public var otherTypes: [RRType] = []
  /// Whether names below it exist.
  public var hasDescendants = false
  /// The wildcard that answers for a name that does not exist (RFC 4592 §3.3.1).
  public var wildcard: DomainName?

  public init() {}

  /// Whether a query for the name finds anything but NXDOMAIN.
  var exists: Bool {
    standing != .authoritative || !addresses.isEmpty || isAlias || !otherTypes.isEmpty || hasDescendants
      || wildcard != nil
  }
}
