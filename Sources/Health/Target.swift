public import Steering

/// What is probed: one check of one member. However many names are answered with the member, it is probed once.
public struct Target: Hashable, Sendable {
  /// A number in place of a target, given out by the `HealthTable`.
  public struct ID: Hashable, Sendable {
    public var rawValue: Int

    public init(rawValue: Int) { self.rawValue = rawValue }
  }

  public var check: CheckDefinition
  /// An address, or a name that each probe resolves.
  public var subject: Member.Identity

  public init(_ check: CheckDefinition, of subject: Member.Identity) {
    self.check = check
    self.subject = subject
  }
}
