internal import Steering

/// Takes the lines of a state file, from the second on.
struct StateReader {
  private var time: WallTime?
  private var checks: [String] = []
  private var targets: [SavedTarget] = []
  private var overrides = Overrides()

  /// Nil: no line said when it was saved.
  var state: SavedState? { time.map { SavedState(at: $0, targets: targets, overrides: overrides) } }

  /// - Returns: whether the line is well-formed.
  mutating func take(_ line: String) -> Bool {
    var words = StateWords(line)
    switch words.next() {
    case "time":
      guard let nanoseconds: Int64 = words.integer() else { return false }
      time = WallTime(nanoseconds: nanoseconds)
      return words.isEmpty
    case "check":
      checks.append(String(line.dropFirst("check ".count)))
      return true
    case "target":
      guard let target = target(&words) else { return false }
      targets.append(target)
      return words.isEmpty
    case "override":
      guard let override = Self.override(&words) else { return false }
      return (try? overrides.set(override)) != nil && words.isEmpty
    default: return false
    }
  }

  private func target(_ words: inout StateWords) -> SavedTarget? {
    guard let check: Int = words.integer(), checks.indices.contains(check),
      let subject = words.next().flatMap(EscapedText.text).flatMap({ Member.Identity($0[...]) }),
      let measured = words.next().flatMap({ MemberInput.State(rawValue: String($0)) }),
      let administration = words.next().flatMap({ LoadReport.Word(rawValue: String($0)) }),
      let since = words.time(of: "since"), let heard = words.time(of: "heard")
    else { return nil }
    let successes = words.value(of: "successes")
    guard let streak = (successes ?? words.value(of: "failures")).flatMap({ UInt16($0) }), streak > 0,
      let reason = words.value(of: "reason").flatMap(Self.reason)
    else { return nil }
    var target = SavedTarget(
      check: checks[check], subject: subject, measured: measured, administration: administration,
      since: since, heard: heard, reason: reason, isSucceeding: successes != nil, streak: streak)
    if let text = words.value(of: "time") {
      guard let time = Double(text), time.isFinite, time > 0 else { return nil }
      target.responseTime = time
    }
    target.weight = words.value(of: "weight").flatMap { Int($0) }
    target.slowStart = words.time(of: "slow-start")
    return target
  }

  private static func reason(_ text: String) -> Reason? {
    // By scalars: an accent may follow the colon.
    let scalars = text.unicodeScalars
    guard let colon = scalars.firstIndex(of: ":"), let kind = Reason.Kind(rawValue: String(scalars[..<colon]))
    else { return nil }
    return Reason(kind, String(scalars[scalars.index(after: colon)...]))
  }

  private static func override(_ words: inout StateWords) -> Override? {
    guard let scope = words.next().flatMap(EscapedText.text).flatMap({ Override.Scope($0) }),
      let order = words.next().flatMap({ Override.Order($0) }), let since = words.time(of: "since")
    else { return nil }
    let expiry = words.time(of: "until")
    guard let reason = words.value(of: "reason"), let author = words.value(of: "author") else { return nil }
    return Override(order, of: scope, since: since, until: expiry, reason: reason, author: author)
  }
}
