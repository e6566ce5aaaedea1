/// What is known of a member when a choice is made. The prober fills it; tests and `simulate` set it by hand.
public struct MemberInput: Equatable, Sendable {
  public enum State: String, Sendable {
    /// Not checked yet, and served until it is.
    case unknown
    case up
    case down
  }

  public var state = State.unknown
  /// Multiplies the policy's weight, 0...: slow start, an agent's percentage, an operator's word.
  public var weightFactor = 1.0
  /// Smoothed, in milliseconds, above 0; nil: not measured.
  public var responseTime: Double?
  /// That the member reports; nil: it does not.
  public var connections: Int?
  /// 0...1; nil: not reported.
  public var load: Double?

  public init() {}
}
