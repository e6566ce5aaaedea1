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

  private func scalar(_ wanted: String) throws(Mistake) -> Node.Scalar {
    guard let scalar = node.scalar else {
      throw mistake("\(wanted) is needed, not a \(node.sequence == nil ? "mapping" : "list")")
    }
    let isMissing = scalar.style == .plain && ["", "~", "null"].contains(scalar.string.lowercased())
    guard !isMissing else { throw mistake("the value is missing; \(wanted) is needed") }
    return scalar
  }
}
