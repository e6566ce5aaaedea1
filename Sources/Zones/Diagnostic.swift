/// What is wrong at a place in a zone file, and what would be right.
public struct Diagnostic: Error, Equatable, Sendable, CustomStringConvertible {
  public enum Severity: String, Sendable {
    /// The zone is not taken.
    case error
    /// The zone is taken; an administrator would want to know.
    case warning
  }

  public let severity: Severity
  /// The file as it was named to the loader, or as an `$INCLUDE` resolved it.
  public let file: String
  /// From 1.
  public let line: Int
  /// In octets, from 1.
  public let column: Int
  public let message: String

  public init(_ severity: Severity, file: String, line: Int, column: Int, message: String) {
    self.severity = severity
    self.file = file
    self.line = line
    self.column = column
    self.message = message
  }

  public var description: String { "\(file):\(line):\(column): \(severity.rawValue): \(message)" }
}
