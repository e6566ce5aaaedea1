import Zones

/// What is wrong with policy records; described in one line, with what would be right, without a full stop.
protocol PolicyProblem: Error, Equatable, Sendable, CustomStringConvertible {
  /// Whether the zone can be taken all the same.
  var severity: Diagnostic.Severity { get }
}

extension PolicyProblem {
  var severity: Diagnostic.Severity { .error }
}
