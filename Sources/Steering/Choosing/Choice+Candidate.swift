extension Choice {
  /// What became of a member.
  public struct Candidate: Equatable, Sendable {
    public var fate: Fate
    /// The policy's weight times all factors, as the final order was given it; for members that were dropped, as it
    /// was then. From 0.
    public var weight: Double
    /// At how many of the schedule's turns it comes first: its share is this over `schedule.turns.count`.
    public var firstPlaces: Int
  }
}
