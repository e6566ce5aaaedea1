import Health

extension ProbeResult {
  static func success(_ detail: String) -> ProbeResult {
    ProbeResult(isSuccess: true, reason: Reason(.success, detail))
  }

  static func failure(_ kind: Reason.Kind, _ detail: String) -> ProbeResult {
    ProbeResult(isSuccess: false, reason: Reason(kind, detail))
  }
}
