import Health
import Steering

/// What the engine keeps of a target.
struct ProbedTarget {
  let id: Target.ID
  let member: Member.Identity
  /// 0 where the check has none.
  let port: UInt16
  let timeout: Duration
  let probe: PreparedProbe
  /// Of its probe that runs; nil: none does.
  var slot: Int?

  /// Nil for targets that are not probed.
  init?(_ target: Target, id: Target.ID) {
    guard let probe = PreparedProbe(target.check, of: target.subject) else { return nil }
    self.id = id
    self.probe = probe
    member = target.subject
    port = target.check.port ?? 0
    timeout = target.check.timeout
  }
}
