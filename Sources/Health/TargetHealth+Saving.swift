internal import Steering

extension TargetHealth {
  /// Nil: there is nothing to save, as no result that counts has come.
  func saved(_ check: String, of subject: Member.Identity, by clocks: Clocks) -> SavedTarget? {
    guard let lastResult, let reason else { return nil }
    return SavedTarget(
      check: check, subject: subject, measured: measured, administration: administration,
      since: clocks.wallTime(of: since), heard: clocks.wallTime(of: lastResult), reason: reason,
      isSucceeding: isSucceeding, streak: streak, responseTime: responseTime, weight: report.weight,
      slowStart: ramp.beginning.map(clocks.wallTime(of:)))
  }

  /// As it was when it was saved. A heartbeat has a whole lease again, as nobody listened to it meanwhile.
  init(_ saved: SavedTarget, _ thresholds: Thresholds, by clocks: Clocks) {
    self.init(thresholds, at: clocks.moment)
    measured = saved.measured
    administration = saved.administration
    since = clocks.moment(of: saved.since)
    reason = saved.reason
    isSucceeding = saved.isSucceeding
    streak = min(saved.streak, Self.longestStreak)
    // Failures that were held back are forgotten, as they are when the prober trusts itself again.
    if isDue { streak = 0 }
    isMute = !isSucceeding && saved.reason.isMute
    let heard = clocks.moment(of: saved.heard)
    if isSucceeding { lastSuccess = heard } else { lastFailure = heard }
    smoothedTime = saved.responseTime ?? 0
    report.weight = saved.weight
    if let beginning = saved.slowStart {
      ramp.start(over: thresholds.slowStart, at: clocks.moment(of: beginning))
      ramp.advance(to: clocks.moment)
    }
  }
}
