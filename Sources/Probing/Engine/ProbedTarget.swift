import Health
import Steering

/// What the engine keeps of a target.
final class ProbedTarget {
  let id: Target.ID
  /// In the schedule.
  let number: Int
  let member: Member.Identity
  /// 0 where the check has none.
  let port: UInt16
  let timeout: Duration
  let probe: PreparedProbe
  /// Its probe that runs; nil: none does.
  var running: RunningProbe?

  init(_ target: Target, id: Target.ID, number: Int, probe: PreparedProbe) {
    self.id = id
    self.number = number
    self.probe = probe
    member = target.subject
    port = target.check.port ?? 0
    timeout = target.check.timeout
  }
}
