internal import Steering

extension HealthTable {
  /// Whether a target whose fall is due stays as it is, since the prober rather than it may have failed.
  mutating func isDoubted(_ slot: Int, at moment: Moment) -> Bool {
    guard isolation != nil, records[slot].health.isMute else { return false }
    if doubt.reaches(moment, timeout: records[slot].health.thresholds.timeout) { return true }
    doubt.notice(records[slot].health, at: moment)
    think(at: moment)
    return doubt.beginning != nil
  }

  /// Begins or ends to doubt where there is reason to, if it is time to think about it.
  mutating func think(at moment: Moment) {
    guard doubt.isReady(at: moment), let evidence = doubt.evidence else { return }
    let count = silence(by: evidence)
    let isIsolation = isolation.map(count.isIsolation(at:)) ?? false
    switch (doubt.beginning != nil, isIsolation) {
    case (false, true):
      doubt.begin(at: moment)
      add(.isolated(count, moment))
      for slot in slots.values.sorted() where records[slot].health.fellMutely(since: evidence.silence) {
        note(slot, at: moment) { $0.recall(at: moment) }
      }
    case (true, false):
      doubt.end(at: moment)
      add(.rejoined(count, moment))
      for slot in slots.values.sorted() { note(slot, at: moment) { $0.forgive(at: moment) } }
    case (true, true), (false, false): doubt.goOn(at: moment)
    }
  }

  /// Counts the independent pools, and those of them that are silent.
  private func silence(by evidence: SelfDoubt.Evidence) -> IsolationCount {
    var tallies = Array(repeating: Tally(), count: independentPools)
    // By index: a record is too long to be copied for a look.
    for slot in records.indices where records[slot].pool >= 0 {
      tallies[records[slot].pool].add(records[slot].health, by: evidence)
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
    /// Whose last result is evidence, and something came back.
    var heard = 0
    /// Nothing came back.
    var mute = 0

    var isHeardOf: Bool { members > 0 && 2 * (heard + mute) >= members }

    mutating func add(_ health: TargetHealth, by evidence: SelfDoubt.Evidence) {
      guard health.measured != .down || health.fellMutely(since: evidence.silence) else { return }
      members += 1
      guard let last = health.lastResult else { return }
      if health.isMute {
        mute += last >= evidence.silence ? 1 : 0
      } else {
        heard += last >= evidence.answers ? 1 : 0
      }
    }
  }
}

extension TargetHealth {
  /// Whether it went down after `moment`, and nothing has come back since.
  func fellMutely(since moment: Moment) -> Bool { measured == .down && isMute && since >= moment }
}
