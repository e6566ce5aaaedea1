internal import Steering

/// The text that states are kept in over a restart.
///
/// A line says what and in which version it is, the last one has a checksum of all before. Between them lines begin
/// with a word that says what they are about; the others are `KEY=VALUE`, always in the same order. Values are
/// escaped, times are nanoseconds since 1970.
public enum StateFile {
  /// A file of a higher one is not read.
  static let version = 1
  static let magic = "swiftlet-state"

  public static func encode(_ state: SavedState) -> [UInt8] {
    var lines = ["\(magic) \(version)", "time \(state.time.nanoseconds)"]
    var checks: [String: Int] = [:]
    for target in state.targets {
      let known = checks[target.check]
      if known == nil { lines.append("check \(target.check)") }
      let number = known ?? checks.count
      checks[target.check] = number
      lines.append(line(for: target, check: number))
    }
    lines += state.overrides.all.map(line(for:))
    let text = Array((lines.joined(separator: "\n") + "\n").utf8)
    return text + Array("end \(String(checksum(text), radix: 16))\n".utf8)
  }

  private static func line(for target: SavedTarget, check: Int) -> String {
    var words = [
      "target \(check) \(EscapedText.word(target.subject.text))", target.measured.rawValue,
      target.administration.rawValue, "since=\(target.since.nanoseconds)",
      "heard=\(target.heard.nanoseconds)",
      "\(target.isSucceeding ? "successes" : "failures")=\(target.streak)",
      "reason=\(target.reason.kind.rawValue):\(EscapedText.word(target.reason.detail))",
    ]
    if let time = target.responseTime { words.append("time=\(time)") }
    if let weight = target.weight { words.append("weight=\(weight)") }
    if let beginning = target.slowStart { words.append("slow-start=\(beginning.nanoseconds)") }
    return words.joined(separator: " ")
  }

  private static func line(for override: Override) -> String {
    var words = ["override", EscapedText.word(override.scope.description), override.order.text]
    words.append("since=\(override.since.nanoseconds)")
    if let expiry = override.expiry { words.append("until=\(expiry.nanoseconds)") }
    words += ["reason=\(EscapedText.word(override.reason))", "author=\(EscapedText.word(override.author))"]
    return words.joined(separator: " ")
  }

  /// FNV-1a (Fowler, Noll, Vo) of 64 bits: what a crash or a disk does is noticed, not what a person does.
  static func checksum(_ octets: some Sequence<UInt8>) -> UInt64 {
    octets.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01b3 }
  }
}
