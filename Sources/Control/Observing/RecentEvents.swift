internal import Health
internal import Logging
import Synchronization

/// What has happened lately, for those who watch the server. The oldest give way.
final class RecentEvents: Sendable {
  struct Event: Sendable {
    /// Counted from 1.
    let number: Int
    /// In nanoseconds since 1970.
    let time: Int64
    let kind: String
    /// `notice`, `warning` or `error`.
    let level: String
    /// For people, a sentence.
    let text: String
    let details: JSON

    var json: JSON {
      .object([
        ("number", .number(number)), ("time", .number(Int(time / 1_000_000_000))), ("event", .string(kind)),
        ("level", .string(level)), ("text", .string(text)), ("details", details),
      ])
    }
  }

  static let kinds = ["flip", "isolated", "rejoined", "order", "order-ended", "reload"]

  /// Events that are kept.
  static let limit = 1_000

  private struct State {
    var events: [Event] = []
    var count = 0
    var counts: [String: Int] = [:]
  }

  private let state = Mutex(State())

  func add(
    _ kind: String, level: String = "notice", _ text: String, details: JSON, time: Int64 = System.wallClock
  ) {
    state.withLock { state in
      state.count += 1
      state.counts[kind, default: 0] += 1
      state.events.append(
        Event(number: state.count, time: time, kind: kind, level: level, text: text, details: details))
      // Seldom, as it moves all of them.
      if state.events.count >= 2 * Self.limit { state.events.removeFirst(state.events.count - Self.limit) }
    }
  }

  /// Those after a number, the newest at most, the newest first.
  func events(after number: Int = 0, limit: Int) -> [Event] {
    state.withLock { state in
      state.events.suffix(min(limit, Self.limit)).reversed().filter { $0.number > number }
    }
  }

  /// How many there have been since the start, by kind.
  var counts: [String: Int] { state.withLock { $0.counts } }
}

extension RecentEvents {
  func add(_ event: StateEvent) {
    add(
      event.kind.rawValue, level: event.level.rawValue, event.sentence, details: event.json, time: event.time)
  }

  /// Says nothing of a pass that found nothing new.
  func add(_ report: ReloadReport) {
    guard report.loaded + report.refused + report.removed > 0 else { return }
    let parts = [(report.loaded, "loaded"), (report.refused, "refused"), (report.removed, "removed")]
    let text = parts.filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }.joined(separator: ", ")
    add(
      "reload", level: report.refused > 0 ? "error" : "notice", "zones: \(text)",
      details: .object(parts.map { ($0.1, .number($0.0)) }))
  }
}

extension StateEvent {
  /// All that people want to know at a glance.
  fileprivate var sentence: String {
    guard kind == .flip, let address = self["address"], let to = self["to"] else { return message }
    let reason = to == "up" ? "" : self["reason"].map { $0.isEmpty ? "" : ": \($0)" } ?? ""
    return "\(address) is \(to)\(reason)"
  }

  private subscript(key: String) -> String? {
    fields.first { $0.key == key }.flatMap { if case .text(let text) = $0.value { text } else { nil } }
  }
}
