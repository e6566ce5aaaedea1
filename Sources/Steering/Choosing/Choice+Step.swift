extension Choice {
  /// What a stage did.
  public struct Step: Equatable, Sendable {
    public var stage: Stage
    /// How many members it left.
    public var left: Int
    /// By what it multiplied the weight of each member of the pool, from 0; 1 for members that had been dropped.
    /// Empty where the stage weighs nothing. Of stages that compare members, the best has 1.
    public var factors: [Double] = []
    /// What `fail` did because the stage would have left none. `last` shows as `open` where no member of the last
    /// answer is in the pool.
    public var fallback: Policy.FailMode?
    /// The tier that the stage kept.
    public var keptTier: Int?
    /// Whether that tier, as all others, is weaker than the policy's `panic` wants it.
    public var isBelowPanic = false
  }
}
