internal import Steering

extension HealthTable {
  /// Whether a target whose fall is due stays as it is, since the prober rather than it may have failed.
  mutating func isDoubted(_ slot: Int, at moment: Moment) -> Bool {
    guard isolation != nil, records[slot].health.isMute else { return false }
    if doubt.beginning != nil { return true }
    doubt.lookBack(over: records[slot].health.thresholds)
    considerDoubt(at: moment)
    return doubt.beginning != nil
  }

  /// Begins to doubt where there is reason to, and takes back what was wrong by then.
  mutating func considerDoubt(at moment: Moment) {
    guard let isolation, let horizon = doubt.horizonToConsider(at: moment) else { return }
    let count = silence(since: horizon)
    guard count.isIsolation(at: isolation) else { return }
    doubt.begin(at: moment, horizon: horizon)
    add(.isolated(count, moment))
    for slot in records.indices where records[slot].health.fellMutely(since: horizon) {
      let before = records[slot].standing
      records[slot].health.recall(at: moment)
      note(slot, since: before, at: moment)
    }
  }

  /// Ends the doubt where members are heard again.
  mutating func reviewDoubt(at moment: Moment) {
    guard doubt.isRested(at: moment) else { return }
    let count = silence(since: doubt.horizon)
    if let isolation, count.isIsolation(at: isolation) { return doubt.rest(at: moment) }
    doubt.end(at: moment)
    add(.rejoined(count, moment))
    for slot in records.indices {
      let before = records[slot].standing
      records[slot].health.forgive(at: moment)
      note(slot, since: before, at: moment)
    }
  }

  /// Thinks again about whether to doubt, where it is time to.
  mutating func think(at moment: Moment) {
    if doubt.beginning == nil { considerDoubt(at: moment) } else { reviewDoubt(at: moment) }
  }

  /// Counts the independent pools, and those of them that are silent.
  private func silence(since horizon: Moment) -> IsolationCount {
    var tallies = Array(repeating: Tally(), count: independentPools)
    // By index: a record is too long to be copied for a look.
    for slot in records.indices where records[slot].pool >= 0 {
      tallies[records[slot].pool].add(records[slot].health, since: horizon)
    }
    var count = IsolationCount()
    for tally in tallies where tally.isHeardOf {
      count.pools += 1
      count.members += tally.members
      guard tally.heard == 0 else { continue }
      count.silentPools += 1
      count.silentMembers += tally.members
    }
    return count
  }

  /// What results of a pool's members say. Those that were down before count in nothing.
  private struct Tally {
    var members = 0
    /// Whose last result is of the time looked at, and something came back.
    var heard = 0
    /// Nothing came back.
    var mute = 0

    var isHeardOf: Bool { members > 0 && 2 * (heard + mute) >= members }

    mutating func add(_ health: TargetHealth, since horizon: Moment) {
      guard health.measured != .down || health.fellMutely(since: horizon) else { return }
      members += 1
      guard let last = health.lastResult, last >= horizon else { return }
      if health.isMute { mute += 1 } else { heard += 1 }
    }
  }
}

extension TargetHealth {
  /// Whether it went down after `moment`, and nothing has come back since.
  func fellMutely(since moment: Moment) -> Bool { measured == .down && isMute && since >= moment }
}
