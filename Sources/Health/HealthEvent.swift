/// What people and programs want to be told of.
public enum HealthEvent: Equatable, Sendable {
  case flip(Flip)
  /// The prober doubts itself: from now on nothing goes down because nothing came back.
  case isolated(IsolationCount, Moment)
  /// It trusts itself again.
  case rejoined(IsolationCount, Moment)
}
