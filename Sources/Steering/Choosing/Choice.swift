/// What a policy comes to for one class of clients, and how it came to it.
public struct Choice: Equatable, Sendable {
  public var schedule: Schedule
  /// What the stages did, in their order. A chain without a final order ends in `weighted`.
  public var steps: [Step]
  /// What became of the members, in the order that the chooser was given.
  public var candidates: [Candidate]

  /// Whether a stage left no member, so that `fail` decided. Such a choice is not to be taken as the last good
  /// one that `fail=last` goes back to.
  public var isFallback: Bool { steps.contains { $0.fallback != nil } }

  /// Indices of the members that are answered, ascending.
  public var answered: [Int] { candidates.indices.filter { candidates[$0].fate == .kept } }
}
