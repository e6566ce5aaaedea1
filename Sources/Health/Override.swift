public import DNSWire
public import Steering

/// What an operator wants of a member, in place of what its health says.
public struct Override: Equatable, Sendable {
  /// Which members.
  public struct Scope: Hashable, Sendable {
    /// The owner of the policy, in lower case; nil: all.
    public let owner: DomainName?
    /// Names in lower case.
    public let member: Member.Identity

    public init(_ member: Member.Identity, of owner: DomainName? = nil) {
      self.owner = owner?.lowercased
      self.member = member.canonical
    }
  }

  public enum Order: Equatable, Sendable {
    /// No share while others have any; otherwise what its health says.
    case drain
    case down
    /// Up with its whole share, whatever probes and the member itself say.
    case up
    /// In place of the policy's weight, 0...1,000,000.
    case weight(UInt32)
  }

  public var scope: Scope
  public var order: Order
  /// From when on it does not hold; nil: it holds until it is taken back.
  public var expiry: WallTime?
  public var since: WallTime
  /// For people; the first 200 characters are kept.
  public let reason: String
  public let author: String

  public init(
    _ order: Order, of scope: Scope, since: WallTime, until expiry: WallTime? = nil, reason: String = "",
    author: String = ""
  ) {
    self.order = order
    self.scope = scope
    self.since = since
    self.expiry = expiry
    self.reason = String(reason.prefix(200))
    self.author = String(author.prefix(200))
  }

  var isWeight: Bool { if case .weight = order { true } else { false } }
}
