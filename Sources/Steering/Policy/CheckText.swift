public import Zones

/// A check as the server's configuration writes it: the keys of `_check` records with their values, each with its
/// place, and besides them the command of a check of type `exec`.
public struct CheckText: Sendable {
  public struct Pair: Sendable {
    public var key: String
    public var value: String
    /// From 1.
    public var line: Int
    public var column: Int

    public init(key: String, value: String, line: Int, column: Int) {
      self.key = key
      self.value = value
      self.line = line
      self.column = column
    }
  }

  public var name: String
  public var file: String
  /// Where its name is.
  public var line: Int
  public var column: Int
  public var pairs: [Pair] = []
  /// A path and arguments.
  public var command: [String]?

  public init(name: String, file: String, line: Int, column: Int) {
    self.name = name
    self.file = file
    self.line = line
    self.column = column
  }

  /// What the check is; nil: it cannot be known, which the diagnostics tell. With an error among them it is not fit
  /// to be used.
  public func read() -> (check: CheckDefinition?, diagnostics: [Diagnostic]) {
    // The name takes the place of the first record.
    let report = PolicyReport([(file, line, column)] + pairs.map { (file, $0.line, $0.column) })
    guard let name = PolicyPlace.definedName(name.utf8) else {
      report.add(PlaceProblem.name(String(shown: name.utf8)), at: 0)
      return (nil, report.diagnostics)
    }
    var keyed = KeyedPairs<CheckKey>()
    for (index, pair) in pairs.enumerated() {
      keyed.take([TextPair(key: pair.key, value: Array(pair.value.utf8))], at: index + 1, report)
    }
    let reader = CheckReader(
      name: name, first: 0, report: report, pairs: keyed, kinds: CheckDefinition.Kind.allCases,
      command: command)
    let check = reader.definition()
    if command != nil, let kind = check?.kind, kind != .exec {
      report.add(CheckProblem.unusedCommand(kind), at: 0)
    }
    return (check, report.diagnostics.map(Self.inOtherNotation))
  }

  /// Messages write `key=value`, as records do; here it is `key: value`.
  private static func inOtherNotation(_ diagnostic: Diagnostic) -> Diagnostic {
    var message = ""
    var rest = diagnostic.message[...]
    while let equals = rest.firstIndex(of: "=") {
      let before = rest[..<equals]
      let key = before.suffix(while: { $0.isLetter || $0 == "-" })
      let isKey = key == "command" || CheckKey(rawValue: String(key)) != nil
      rest = rest[equals...].dropFirst()
      let hasValue = rest.first.map { !" ;,.?)".contains($0) } ?? false
      message += before
      message += isKey ? (hasValue ? ": " : "") : "="
    }
    return Diagnostic(
      diagnostic.severity, file: diagnostic.file, line: diagnostic.line, column: diagnostic.column,
      message: message + rest)
  }
}

extension Substring {
  /// The last characters that all satisfy `predicate`.
  fileprivate func suffix(while predicate: (Character) -> Bool) -> Substring {
    var start = endIndex
    while start > startIndex, predicate(self[index(before: start)]) { start = index(before: start) }
    return self[start...]
  }
}
