internal import Steering

extension HealthTable {
  /// What is to outlive a restart.
  public func saved(with overrides: Overrides, by clocks: Clocks) -> SavedState {
    var state = SavedState(at: clocks.wall, overrides: overrides)
    for (definition, members) in checks {
      let text = definition.canonicalText
      for (subject, slot) in members.slots {
        if let saved = records[slot].health.saved(text, of: subject, by: clocks) {
          state.targets.append(saved)
        }
      }
    }
    return state
  }

  /// Gives targets of which nothing is known the states that they had, if the last result was less than `maximumAge`
  /// ago. Those of targets that there are not any more, or whose checks have changed, are passed over.
  ///
  /// - Returns: how many got theirs.
  public mutating func restore(
    _ saved: [SavedTarget], by clocks: Clocks, maximumAge: Duration
  ) -> Int {
    let byText = Dictionary(checks.map { ($0.canonicalText, $1) }) { first, _ in first }
    var count = 0
    for target in saved {
      let age = clocks.wall - target.heard
      // A time to come: the clock was set, and the age is not known.
      guard age >= .zero, age < maximumAge else { continue }
      guard let members = byText[target.check], let slot = members.slots[target.subject],
        records[slot].health.lastResult == nil
      else { continue }
      note(slot, at: clocks.moment, isEvent: false) {
        $0 = TargetHealth(target, members.check.thresholds, by: clocks)
      }
      count += 1
    }
    return count
  }
}
