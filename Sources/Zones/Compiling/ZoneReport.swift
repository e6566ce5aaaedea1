/// What reading and checking a zone found, bounded however bad the zone is.
struct ZoneReport {
  /// Diagnostics kept of one zone; more are only counted.
  static let limit = 200

  private enum Entry {
    case positioned(Diagnostic.Severity, RecordPosition, String)
    case complete(Diagnostic)
  }

  private var entries: [Entry] = []
  private var left = 0
  private(set) var hasErrors = false

  /// Reports what is wrong with a record.
  mutating func add(_ severity: Diagnostic.Severity, _ position: RecordPosition, _ message: String) {
    append(.positioned(severity, position, message), severity)
  }

  mutating func add(_ diagnostic: Diagnostic) {
    append(.complete(diagnostic), diagnostic.severity)
  }

  // An error is kept in place of a warning once the report is full: it is what refuses the zone.
  private mutating func append(_ entry: Entry, _ severity: Diagnostic.Severity) {
    let isFirstError = severity == .error && !hasErrors
    if severity == .error { hasErrors = true }
    guard entries.count < Self.limit || isFirstError else {
      left += 1
      return
    }
    entries.append(entry)
  }

  /// The diagnostics by file and line.
  ///
  /// - Parameter files: the zone file, then each included one, as `RecordPosition.file` counts them.
  func diagnostics(files: [String]) -> [Diagnostic] {
    var result = entries.map { entry in
      switch entry {
      case .complete(let diagnostic): diagnostic
      case .positioned(let severity, let position, let message):
        Diagnostic(
          severity, file: files[Int(position.file)], line: Int(position.line), column: Int(position.column),
          message: message)
      }
    }
    let rank = Dictionary(files.enumerated().map { ($1, $0) }) { first, _ in first }
    result.sort { ($0.rank(rank), $0.line, $0.column) < ($1.rank(rank), $1.line, $1.column) }
    if left > 0, let last = result.last {
      result.append(
        Diagnostic(
          .warning, file: last.file, line: last.line, column: last.column,
          message: "\(left) more errors or warnings are not shown"))
    }
    return result
  }
}

extension Diagnostic {
  fileprivate func rank(_ files: [String: Int]) -> Int { files[file] ?? Int.max }
}
