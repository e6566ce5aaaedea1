internal import Steering
internal import Yams

/// A value of the configuration file with its place, read as what its key calls for.
struct ConfigurationValue {
  /// What is wrong with a value, and where.
  struct Mistake: Error {
    let line: Int
    let column: Int
    let message: String

    init(_ mark: Mark?, _ message: String) {
      line = mark?.line ?? 1
      column = mark?.column ?? 1
      self.message = message
    }
  }

  let key: String
  let node: Node
  var mark: Mark? { node.mark }

  func mistake(_ message: String) -> Mistake { Mistake(mark, "\(key): \(message)") }

  /// Any text that is not empty.
  func text() throws(Mistake) -> String {
    let scalar = try scalar("text")
    guard !scalar.string.isEmpty else { throw mistake("the text is empty; leave '\(key)' away instead") }
    return scalar.string
  }

  /// Visible text short enough for a character string of DNS.
  func shortText() throws(Mistake) -> String {
    let text = try text()
    guard text.utf8.count <= 255 else {
      throw mistake("at most 255 octets are possible, not \(text.utf8.count)")
    }
    return text
  }

  /// A text, or `off` without quotes.
  func disclosure() throws(Mistake) -> Configuration.Disclosure {
    try choice("a text") == nil ? .off : .text(try shortText())
  }

  /// A text; nil: it is `off` without quotes.
  ///
  /// - Parameter kind: what is needed if it is not off.
  func choice(_ kind: String) throws(Mistake) -> String? {
    _ = try scalar("\(kind), or off,")
    return isOff ? nil : try text()
  }

  /// Whether it is `off` without quotes, as YAML has several words for it.
  var isOff: Bool {
    guard let scalar = node.scalar, scalar.style == .plain else { return false }
    return ["off", "no", "false"].contains(scalar.string.lowercased())
  }

  func integer(_ range: ClosedRange<Int>) throws(Mistake) -> Int {
    let scalar = try scalar("a number")
    let wanted = "a number from \(range.lowerBound) to \(range.upperBound) is needed"
    guard scalar.style == .plain else { throw mistake("\(wanted), without quotes") }
    guard let number = Int(scalar.string), scalar.string.utf8.allSatisfy({ $0 &- 0x30 < 10 }) else {
      throw mistake("\(wanted), not '\(LogLine.escaped(scalar.string))'")
    }
    guard range.contains(number) else { throw mistake("\(wanted), not \(number)") }
    return number
  }

  func boolean() throws(Mistake) -> Bool {
    let scalar = try scalar("true or false")
    switch (scalar.style, scalar.string) {
    case (.plain, "true"): return true
    case (.plain, "false"): return false
    default: throw mistake("true or false is needed, not '\(LogLine.escaped(scalar.string))'")
    }
  }

  /// `on` or `off`.
  func toggle() throws(Mistake) -> Bool {
    let scalar = try scalar("on or off")
    switch (scalar.style, scalar.string) {
    case (.plain, "on"): return true
    case (.plain, "off"): return false
    default: throw mistake("on or off is needed, not '\(LogLine.escaped(scalar.string))'")
    }
  }

  /// The values of a list, or the one value that stands in place of a list.
  ///
  /// - Parameter advice: what to do in place of an empty list.
  func list(insteadOfEmpty advice: String? = nil) throws(Mistake) -> [ConfigurationValue] {
    guard let sequence = node.sequence else { return [self] }
    guard !sequence.isEmpty else {
      throw mistake("the list is empty; \(advice ?? "leave '\(key)' away instead")")
    }
    return sequence.map { ConfigurationValue(key: key, node: $0) }
  }

  var isMapping: Bool { node.mapping != nil }

  /// A member of a mapping: its key, and its value with the keys that lead to it.
  typealias Member = (key: String, mark: Mark?, value: ConfigurationValue)

  /// The members of a mapping.
  ///
  /// - Parameter wanted: what is needed if it is none.
  func members(_ wanted: String) throws(Mistake) -> [Member] {
    guard let mapping = node.mapping else { throw mistake("\(wanted) is needed") }
    var members: [Member] = []
    for (key, value) in mapping {
      guard let name = key.string else {
        throw Mistake(key.mark, "\(self.key): a key is a word, not a list or mapping")
      }
      guard !ConfigurationFile.isMask(name) else { continue }
      members.append((name, key.mark, ConfigurationValue(key: "\(self.key): \(name)", node: value)))
    }
    return members
  }

  /// The members of a mapping that can have only some keys.
  func members(among keys: [String]) throws(Mistake) -> [String: ConfigurationValue] {
    var found: [String: ConfigurationValue] = [:]
    let known = keys.joined(separator: ", ")
    for member in try members("a mapping of \(known)") {
      guard keys.contains(member.key) else {
        let hint =
          ClosestMatch.of(member.key, in: keys).map { "did you mean '\($0)'?" } ?? "keys are \(known)"
        throw Mistake(member.mark, "\(key): '\(LogLine.escaped(member.key))' is not a key; \(hint)")
      }
      found[member.key] = member.value
    }
    return found
  }

  /// A whole number and its unit.
  func duration(_ range: ClosedRange<Duration>) throws(Mistake) -> Duration {
    let text = try text()
    guard let duration = Duration(written: text) else {
      throw mistake(
        "a whole number and its unit are needed, ms, s, m or h, like \(range.upperBound.written), not '\(LogLine.escaped(text))'"
      )
    }
    guard range.contains(duration) else {
      throw mistake(
        "it can be \(range.lowerBound.written) to \(range.upperBound.written), not \(duration.written)")
    }
    return duration
  }

  /// A share above 0 and up to 1, as `70%` or `0.7`; nil: it is `off` without quotes.
  func shareOrOff() throws(Mistake) -> Double? {
    guard let text = try choice("a share") else { return nil }
    guard let share = Decimal.share(text[...]), share > 0 else {
      throw mistake(
        "a share above 0 and up to 1 is needed, like 70% or 0.7, or off, not '\(LogLine.escaped(text))'")
    }
    return share
  }

  /// A program with its arguments.
  func command() throws(Mistake) -> [String] {
    var words: [String] = []
    for item in try list() { words.append(try item.text()) }
    guard words[0].hasPrefix("/") else {
      throw mistake("the program is named by its whole path, like [/usr/local/bin/notify, --quiet]")
    }
    guard !words.contains(where: { $0.utf8.contains(0) }) else {
      throw mistake("no argument can have a zero octet")
    }
    return words
  }

  private func scalar(_ wanted: String) throws(Mistake) -> Node.Scalar {
    guard let scalar = node.scalar else {
      throw mistake("\(wanted) is needed, not a \(node.sequence == nil ? "mapping" : "list")")
    }
    let isMissing = scalar.style == .plain && ["", "~", "null"].contains(scalar.string.lowercased())
    guard !isMissing else { throw mistake("the value is missing; \(wanted) is needed") }
    return scalar
  }
}
