/// How much of a tier lives.
struct TierStrength {
  /// The policy's weight of all members.
  var full = 0.0
  /// Live members of a weight above 0.
  private(set) var count = 0
  /// Of `full`, what they can take.
  private(set) var live = 0.0

  mutating func add(_ capacity: Double) {
    count += 1
    live += capacity
  }

  /// Whether that is enough.
  func reaches(_ threshold: Policy.PanicThreshold) -> Bool {
    switch threshold {
    case .members(let least): return count >= max(1, least)
    case .share(let least):
      // Shares such as 0.07 are not exact: a billionth of the tier is forgiven.
      return live >= (min(max(least, 0), 1) - 1e-9) * full
    }
  }
}
