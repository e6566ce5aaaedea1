/// How many of those that the isolation guard compares are silent.
public struct IsolationCount: Equatable, Sendable {
  /// Independent pools none of whose members answers, and all that were heard of lately.
  public var silentPools = 0
  public var pools = 0
  /// Their members.
  public var silentMembers = 0
  public var members = 0

  public init() {}

  /// Whether the prober rather than so many members must have failed.
  func isIsolation(at share: Double) -> Bool {
    // Two members can fail at once.
    silentPools >= 2 && silentMembers >= 3 && Double(silentMembers) >= share * Double(members)
  }
}
