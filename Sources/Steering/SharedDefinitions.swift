public import Locations

/// What the server's configuration defines for all zones. A zone's own definition of the same name goes before.
public struct SharedDefinitions: Equatable, Sendable {
  public let checks: [CheckDefinition]
  /// Where clients are; nil: nothing is known but what zones say.
  public let locations: LocationDatabase?
  /// In lower case, as names are.
  let checksByName: [String: CheckDefinition]

  public init(checks: [CheckDefinition] = [], locations: LocationDatabase? = nil) {
    self.locations = locations
    self.checks = checks
    checksByName = Dictionary(checks.map { ($0.name, $0) }) { $1 }
  }
}
