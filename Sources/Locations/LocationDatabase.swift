public import DNSWire

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

  /// Of the file; the same for the same octets.
  public let contentHash: UInt64

  /// Networks side by side of which the places are different.
  public var networkCount: Int { table.v4.starts.count + table.v6.starts.count }

  /// What is known of an address.
  public subscript(_ address: IPAddress) -> Place { places[Int(table[address.untranslated])] }

  public init(places: [Place], table: AddressTable, type: String, built: UInt64, contentHash: UInt64 = 0) {
    self.places = places
    self.table = table
    self.type = type
    self.built = built
    self.contentHash = contentHash
  }
}

extension LocationDatabase: Equatable {
  /// One is equal to itself alone: it is too large to be compared.
  public static func == (one: LocationDatabase, two: LocationDatabase) -> Bool { one === two }
}
