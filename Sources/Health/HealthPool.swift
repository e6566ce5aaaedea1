public import Steering

/// The members of one policy, of both families, and the check that is asked about them.
public struct HealthPool: Sendable {
  public var check: CheckDefinition
  public var members: [Member.Identity]
  /// Whether response times, connections or load make a difference to whom it answers with.
  public var readsMeasurements: Bool

  public init(_ check: CheckDefinition, members: [Member.Identity], readsMeasurements: Bool = true) {
    self.check = check
    self.members = members
    self.readsMeasurements = readsMeasurements
  }
}
