internal import Steering

/// What of a check's definition decides over states, within what can be counted with.
struct Thresholds: Equatable, Sendable {
  /// In nanoseconds, from 1,000,000.
  let interval: Int64
  /// In nanoseconds, from 0.
  let timeout: Int64
  /// In nanoseconds, from 0.
  let slowStart: Int64
  /// From 1.
  let rise: UInt16
  let fall: UInt16
  let startsUp: Bool
  let kind: Kind

  enum Kind: Sendable {
    case probed
    /// Members report themselves; silence is noticed.
    case heartbeat
    case always
  }

  init(_ check: CheckDefinition) {
    // A day is what a policy may say; more would only bring sums near their end.
    interval = min(max(check.interval.wholeNanoseconds, 1_000_000), 86_400_000_000_000)
    timeout = min(max(check.timeout.wholeNanoseconds, 0), interval)
    slowStart = min(max(check.slowStart.wholeNanoseconds, 0), 86_400_000_000_000)
    rise = UInt16(min(max(check.rise, 1), Int(TargetHealth.longestStreak)))
    fall = UInt16(min(max(check.fall, 1), Int(TargetHealth.longestStreak)))
    startsUp = check.startsUp
    kind =
      switch check.kind {
      case .heartbeat: .heartbeat
      case .always: .always
      case .tcp, .http, .https, .dns, .icmp, .agent, .exec: .probed
      }
  }

  /// How long a heartbeat's report holds, in nanoseconds.
  var lease: Int64 { interval * Int64(fall) }
}
