internal import Health

/// What a member reports of itself: that it is up, or not.
struct Beat: Equatable, Sendable {
  var scope: Override.Scope
  var isUp = true
  /// For people; empty: none was given.
  var reason = ""
  /// 0...1; nil: not told.
  var load: Double?
  /// From 0; nil: not told.
  var connections: Int?
  /// What lets those report who may do nothing else; nil: none was given.
  var token: String?

  /// The report as a check's result.
  var result: ProbeResult {
    var result = ProbeResult(
      isSuccess: isUp,
      reason: Reason(
        isUp ? .success : .reported, reason.isEmpty ? "reported \(isUp ? "up" : "down")" : reason))
    result.report.load = load
    result.report.connections = connections
    return result
  }
}
