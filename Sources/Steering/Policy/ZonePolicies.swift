/// All that a zone's policy records say, checked as a whole. Each part is in the order of the zone.
public struct ZonePolicies: Equatable, Sendable {
  public var policies: [Policy] = []
  /// Of each policy, the index of the record that says its chain, or of its first one.
  var chains: [Int] = []
  public var checks: [CheckDefinition] = []
  public var locations: [LocationDefinition] = []

  public init() {}
}
