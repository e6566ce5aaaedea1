import Zones

/// What reading the policies of one zone found, bounded however bad they are.
///
/// A class, as the readers of pools, checks and locations add to the same one.
final class PolicyReport {
  /// Diagnostics kept of one zone; more are only counted.
  static let limit = 200

  /// Where a record begins.
  typealias Place = (file: String, line: Int, column: Int)

  private let places: [Place]
  private var errors: [(record: Int, message: String)] = []
  private var warnings: [(record: Int, message: String)] = []
  private var count = 0

  /// - Parameter places: of the records, or of what stands in their place.
  init(_ places: [Place]) {
    self.places = places
  }

  convenience init(_ records: [PolicyRecord]) {
    self.init(records.map { ($0.file, $0.line, $0.column) })
  }

  /// Adds what is wrong with the record of that index.
  func add(_ problem: some PolicyProblem, at record: Int) {
    count += 1
    switch problem.severity {
    case .error:
      if errors.count < Self.limit { errors.append((record, "\(problem)")) }
    case .warning:
      if warnings.count < Self.limit { warnings.append((record, "\(problem)")) }
    }
  }

  /// In the order of the records. Errors are kept before warnings: they are what refuses the zone.
  var diagnostics: [Diagnostic] {
    let shown =
      errors.map { (Diagnostic.Severity.error, $0.record, $0.message) }
      + warnings.prefix(Self.limit - errors.count).map { (.warning, $0.record, $0.message) }
    // Swift's sort keeps the order of equal elements.
    var result = shown.sorted { $0.1 < $1.1 }.map { severity, record, message in
      diagnostic(severity, at: record, message)
    }
    if count > shown.count, let last = shown.map(\.1).max() {
      let left = count - shown.count
      result.append(
        diagnostic(
          .warning, at: last, "\(left) more \(left == 1 ? "mistake is" : "mistakes are") not shown"))
    }
    return result
  }

  private func diagnostic(_ severity: Diagnostic.Severity, at record: Int, _ message: String) -> Diagnostic {
    let place = places[record]
    return Diagnostic(severity, file: place.file, line: place.line, column: place.column, message: message)
  }
}
