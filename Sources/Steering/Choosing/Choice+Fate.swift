extension Choice {
  /// Whether a member is answered, and if not, why.
  public enum Fate: Equatable, Sendable {
    case kept
    /// By the step of that index.
    case dropped(step: Int, Reason)
  }

  /// Why a stage dropped a member.
  public enum Reason: Equatable, Sendable {
    case down
    /// Its tier comes before the one that was kept, but too little of it lives.
    case tierTooWeak(Int)
    /// Its tier comes after the one that was kept.
    case tierNotReached(Int)
    /// Its location is not among the nearest: where it comes in the client's order, from 1; nil: its distance is not
    /// known.
    case tooFar(rank: Int?)
    /// Its location does not own the client's network.
    case outsideFence
    /// Its weight is 0, by the policy or by a factor, and others have some.
    case noWeight
    /// Its weight is above 0, but so small that the schedule has no turn for it.
    case noTurn
  }
}
