public import DNSWire

/// How one owner name's addresses are answered: what the `_lb` records below it say.
public struct Policy: Equatable, Sendable {
  /// What is answered when no member is left.
  public enum FailMode: String, CaseIterable, Sendable {
    /// All members, as if all were up.
    case open
    /// NODATA.
    case closed
    /// The members that were answered last.
    case last
  }

  /// How much of a tier must live for it to be chosen.
  public enum PanicThreshold: Equatable, Sendable {
    /// Members of a weight above 0; at least 1.
    case members(Int)
    /// Of the tier's weight, 0.01...1.
    case share(Double)
  }

  /// The name that the policy is for, without `_lb`; its first label may be `*`.
  public var owner: DomainName
  /// From left to right. The last is a final order, and no other is.
  public var stages: [Stage]
  /// All addresses or all targets: in the order of the zone; addresses without a line of their own last, with
  /// the defaults.
  public var members: [Member]
  /// The name of the check that says which members are up, in lower case.
  public var check: String?
  /// How many members an answer holds, from 1; nil: all for `round-robin` and `random`, else 1.
  public var answers: Int?
  public var fail: FailMode = .open
  /// Bounds of the TTL answered, in seconds, 0...2,147,483,647; nil: see `timeToLive(ofRRset:)`.
  public var minimumTTL: UInt32?
  public var maximumTTL: UInt32?
  public var panic: PanicThreshold = .members(1)
  /// The name of the location that clients count as being at of whom nothing is known.
  public var defaultLocation: String?

  public init(owner: DomainName, stages: [Stage], members: [Member]) {
    self.owner = owner
    self.stages = stages
    self.members = members
  }

  /// Whether answers depend on response times, or on what members report.
  public var readsMeasurements: Bool { stages.contains { $0.readsResponseTime || $0.readsLoad } }

  /// Whether the answers depend on where clients are.
  public var asksForClient: Bool { stages.contains(where: \.readsLocation) }

  /// What a policy without `steer=` does.
  public static var defaultStages: [Stage] { [.up, .tier, .weighted] }

  /// The bounds of the TTL answered for an RRset of the TTL `ttl`: half of it and all of it where the policy
  /// says nothing else. A bound that is not written gives way to one that is.
  public func timeToLive(ofRRset ttl: UInt32) -> ClosedRange<UInt32> {
    let lowest = minimumTTL ?? min(ttl / 2, maximumTTL ?? ttl)
    return lowest...max(lowest, maximumTTL ?? ttl)
  }
}
