/// Spans of time as people read them at a glance: the two largest units.
enum Age {
  private static let units = [(86_400, "d"), (3_600, "h"), (60, "m"), (1, "s")]

  /// - Parameter seconds: those below 0, of clocks that were set, count as 0.
  static func text(_ seconds: Int) -> String {
    guard let first = units.firstIndex(where: { seconds >= $0.0 }) else { return "0s" }
    var rest = seconds
    return units[first..<min(first + 2, units.count)].compactMap { size, unit in
      defer { rest %= size }
      return rest >= size ? "\(rest / size)\(unit)" : nil
    }.joined(separator: " ")
  }

  /// Of what ends: `ended` when it has.
  static func untilText(_ seconds: Int) -> String { seconds > 0 ? text(seconds) : "ended" }
}
