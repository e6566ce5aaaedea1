public import DNSWire

/// One of those that a policy chooses among.
public struct Member: Equatable, Sendable {
  /// What is answered for it.
  public enum Identity: Hashable, Sendable {
    case address(IPAddress)
    /// The target of a CNAME.
    case target(DomainName)
  }

  public var identity: Identity
  /// Share of the answers, against the other members': 0...1,000,000. 0: none, unless nothing else is left.
  public var weight: UInt32 = 1
  /// Lower tiers are used first. From 1.
  public var tier = 1
  /// The name of its location.
  public var location: String?

  public init(_ identity: Identity) {
    self.identity = identity
  }
}
