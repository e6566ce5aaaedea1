/// What a database knows of where clients are; nil: nothing.
public struct Place: Hashable, Sendable {
  public var coordinates: Coordinates?
  /// ISO 3166-1 alpha-2, upper case.
  public var country: String?
  /// AF, AN, AS, EU, NA, OC or SA.
  public var continent: String?

  public init(coordinates: Coordinates? = nil, country: String? = nil, continent: String? = nil) {
    self.coordinates = coordinates
    self.country = country
    self.continent = continent
  }

  /// Of which nothing is known.
  public static var unknown: Place { Place() }
}
