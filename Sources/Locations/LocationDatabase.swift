/// Where clients are, by their addresses.
public final class LocationDatabase: Sendable {
  /// The different places. The first is unknown.
  public let places: [Place]
  /// The place of each address, as an index.
  public let table: AddressTable
  /// What kind of database it is, such as "GeoLite2-City".
  public let type: String
  /// When it was made, in seconds since 1970.
  public let built: UInt64

  public init(places: [Place], table: AddressTable, type: String, built: UInt64) {
    self.places = places
    self.table = table
    self.type = type
    self.built = built
  }
}

extension LocationDatabase: Equatable {
  /// One is equal to itself alone: it is too large to be compared.
  public static func == (one: LocationDatabase, two: LocationDatabase) -> Bool { one === two }
}
