public import DNSWire

/// A place that members are at, as `_at` records define it.
public struct LocationDefinition: Hashable, Sendable {
  /// A network: the first `length` bits of an address.
  public struct Network: Hashable, Sendable {
    /// Without bits beyond `length`.
    public var address: IPAddress
    /// 0...32 or 0...128.
    public var length: Int
    /// Not of the location, though inside another of its networks (RFC 3123 §4).
    public var isNegated: Bool

    public init(_ address: IPAddress, length: Int, isNegated: Bool = false) {
      self.address = address
      self.length = length
      self.isNegated = isNegated
    }
  }

  /// In lower case.
  public var name: String
  /// In degrees, north and east positive (RFC 1876): -90...90 and -180...180. Both or none.
  public var latitude: Double?
  public var longitude: Double?
  /// Each once, in the order of the zone.
  public var networks: [Network] = []
  /// ISO 3166-1 alpha-2, upper case.
  public var countries: [String] = []
  /// AF, AN, AS, EU, NA, OC or SA.
  public var continents: [String] = []

  public init(name: String) {
    self.name = name
  }

  /// Whether some clients are known to be the location's own.
  var ownsClients: Bool {
    !countries.isEmpty || !continents.isEmpty || networks.contains { !$0.isNegated }
  }
}
