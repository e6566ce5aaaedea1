/// What durations are written in.
package enum DurationUnit: String, CaseIterable {
  case milliseconds = "ms"
  case seconds = "s"
  case minutes = "m"
  case hours = "h"

  var milliseconds: Int {
    switch self {
    case .milliseconds: 1
    case .seconds: 1_000
    case .minutes: 60_000
    case .hours: 3_600_000
    }
  }

  /// A duration as a policy would have it, in the largest unit that needs no fraction.
  package static func text(of duration: Duration) -> String {
    let (seconds, attoseconds) = duration.components
    let total = seconds * 1_000 + attoseconds / 1_000_000_000_000_000
    let unit = allCases.last { total % Int64($0.milliseconds) == 0 } ?? .milliseconds
    return total == 0 ? "0s" : "\(total / Int64(unit.milliseconds))\(unit.rawValue)"
  }
}
