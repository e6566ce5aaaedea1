internal import Zones

/// Everything that is wrong with a configuration file, in the order of the file.
public struct ConfigurationErrors: Error, Equatable, CustomStringConvertible {
  let diagnostics: [Diagnostic]

  /// One line for each: `file:line:column: error: what is wrong and what would be right`.
  public var description: String {
    diagnostics.map { LogLine.escaped($0.description) }.joined(separator: "\n")
  }
}
