public import Locations

/// What the server's configuration defines for all zones. A zone's own definition of the same name goes before.
public struct SharedDefinitions: Equatable, Sendable {
  public let checks: [CheckDefinition]
  /// Of where clients are.
  public let knowledge: ClientKnowledge
  /// In lower case, as names are.
  let checksByName: [String: CheckDefinition]
  private let cache = ClassCache()

  public init(checks: [CheckDefinition] = [], knowledge: ClientKnowledge = ClientKnowledge()) {
    self.checks = checks
    self.knowledge = knowledge
    checksByName = Dictionary(checks.map { ($0.name, $0) }) { $1 }
  }

  /// The same where something else is known of clients.
  public func with(_ knowledge: ClientKnowledge) -> SharedDefinitions {
    SharedDefinitions(checks: checks, knowledge: knowledge)
  }

  /// The classes of a zone's clients; nil where no policy asks where clients are.
  func classes(of policies: ZonePolicies) -> ClientClasses? { cache.classes(of: policies, knowledge) }

  public static func == (one: SharedDefinitions, two: SharedDefinitions) -> Bool {
    one.checks == two.checks && one.knowledge == two.knowledge
  }
}
