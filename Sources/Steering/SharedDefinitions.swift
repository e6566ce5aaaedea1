public import Locations

/// What the server's configuration defines for all zones. A zone's own definition of the same name goes before.
public struct SharedDefinitions: Equatable, Sendable {
  public let checks: [CheckDefinition]
  /// Where clients are; nil: nothing is known but what zones say.
  public let locations: LocationDatabase?
  /// In lower case, as names are.
  let checksByName: [String: CheckDefinition]
  private let cache = ClassCache()

  public init(checks: [CheckDefinition] = [], locations: LocationDatabase? = nil) {
    self.checks = checks
    self.locations = locations
    checksByName = Dictionary(checks.map { ($0.name, $0) }) { $1 }
  }

  /// The same with other locations.
  public func with(_ locations: LocationDatabase?) -> SharedDefinitions {
    SharedDefinitions(checks: checks, locations: locations)
  }

  /// The classes of a zone's clients; nil where no policy asks where clients are.
  func classes(of policies: ZonePolicies) -> ClientClasses? { cache.classes(of: policies, locations) }

  public static func == (one: SharedDefinitions, two: SharedDefinitions) -> Bool {
    one.checks == two.checks && one.locations == two.locations
  }
}
