public import DNSWire

/// What the reader of policies needs to know of the zone that they are in, and of the server's configuration.
public protocol PolicyZone {
  var apex: DomainName { get }

  /// What the zone holds at exactly `name`, letter case aside, policy records left out.
  func owner(_ name: DomainName) -> PolicyOwner

  /// The checks that the server's configuration defines, by name.
  var externalChecks: [String: CheckDefinition] { get }
  /// Names of the locations that the server's configuration defines, in lower case.
  var externalLocations: Set<String> { get }
}

extension PolicyZone {
  public var externalChecks: [String: CheckDefinition] { [:] }
  public var externalLocations: Set<String> { [] }
}
