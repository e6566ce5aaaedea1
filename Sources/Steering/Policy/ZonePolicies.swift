/// All that a zone's policy records say, checked as a whole. Each part is in the order of the zone.
public struct ZonePolicies: Equatable, Sendable {
  public var policies: [Policy] = []
  public var checks: [CheckDefinition] = []
  public var locations: [LocationDefinition] = []

  public init() {}
}
