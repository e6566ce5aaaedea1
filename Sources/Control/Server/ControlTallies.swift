/// What the control plane has done since the start.
struct ControlTallies: Sendable {
  /// Passes over the zones folder by what they came to, the first one included.
  enum Result: String, CaseIterable {
    case success
    /// Some zone or other file was refused, and what was served of it stays.
    case partial
    /// The folder could not be used; everything stays.
    case failure
  }

  private(set) var reloads: [Result: Int] = [:]
  private(set) var lastResult: Result?
  /// When a pass last had nothing to refuse, in seconds since 1970; nil: never.
  private(set) var lastSuccess: Int?
  /// Snapshots that were published, and when the last one was, in seconds since 1970.
  private(set) var publications = 0
  private(set) var lastPublication: Int?
  /// Schedules of pools that were replaced between snapshots.
  var replacements = 0

  mutating func note(_ pass: Swift.Result<ZoneReload.Summary, ZoneFolder.Unusable>) {
    let result: Result =
      switch pass {
      case .success(let summary) where summary.report.isGood: .success
      case .success: .partial
      case .failure: .failure
      }
    reloads[result, default: 0] += 1
    lastResult = result
    if result == .success { lastSuccess = Self.now }
  }

  mutating func notePublication() {
    publications += 1
    lastPublication = Self.now
  }

  private static var now: Int { Int(System.wallClock / 1_000_000_000) }
}
