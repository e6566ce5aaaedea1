public import Steering

/// The members of one policy, of both families, and the check that is asked about them.
public struct HealthPool: Sendable {
  public var check: CheckDefinition
  public var members: [Member.Identity]

  public init(_ check: CheckDefinition, members: [Member.Identity]) {
    self.check = check
    self.members = members
  }
}
