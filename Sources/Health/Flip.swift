public import Steering

/// A target's state became another.
public struct Flip: Equatable, Sendable {
  public var target: Target
  public var from: MemberInput.State
  public var to: MemberInput.State
  /// Of the result that decided.
  public var reason: Reason
  public var moment: Moment
  /// The longest that it can have been so unnoticed: since the last result that said otherwise; since the target was
  /// added, where there was none.
  public var detection: Duration

  public init(
    _ target: Target, from: MemberInput.State, to: MemberInput.State, reason: Reason, at moment: Moment,
    detection: Duration
  ) {
    self.target = target
    self.from = from
    self.to = to
    self.reason = reason
    self.moment = moment
    self.detection = detection
  }
}
