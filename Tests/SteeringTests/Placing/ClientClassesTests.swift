import DNSWire
import Locations
import TestSupport
import Testing

@testable import Steering

/// Which clients are near what.
@Suite struct ClientClassesTests {
  static let folder = TemporaryFolder()

  /// Clients' networks as a database has them.
  struct Known: Sendable {
    var network: String
    var place: Place

    init(
      _ network: String, _ latitude: Double? = nil, _ longitude: Double? = nil, country: String? = nil,
      continent: String? = nil
    ) {
      self.network = network
      place = Place(country: country, continent: continent)
      if let latitude, let longitude {
        place.coordinates = Coordinates(latitude: latitude, longitude: longitude)
      }
    }
  }

  static func database(_ known: [Known]) -> LocationDatabase {
    let places = [.unknown] + known.map(\.place)
    let networks = known.enumerated().map { index, known in
      let parts = known.network.split(separator: "/")
      return AddressTable.Network(address(String(parts[0])), length: Int(parts[1])!, value: UInt32(index + 1))
    }
    return LocationDatabase(
      places: places, table: AddressTable(networks, outside: 0), type: "Test", built: 0)
  }

  static func location(
    _ name: String, _ latitude: Double? = nil, _ longitude: Double? = nil, _ networks: String...,
    countries: [String] = [], continents: [String] = []
  ) -> LocationDefinition {
    var location = LocationDefinition(name: name)
    location.latitude = latitude
    location.longitude = longitude
    location.countries = countries
    location.continents = continents
    location.networks = networks.map { text in
      let parts = text.drop { $0 == "!" }.split(separator: "/")
      return .init(address(String(parts[0])), length: Int(parts[1])!, isNegated: text.hasPrefix("!"))
    }
    return location
  }

  /// A zone in which all locations matter to `stages`.
  static func policies(_ locations: [LocationDefinition], _ stages: [Stage]) -> ZonePolicies {
    var policies = ZonePolicies()
    policies.locations = locations
    policies.policies = [
      Policy(
        owner: name("www.example.com."), stages: stages + [.weighted],
        members: locations.enumerated().map { member("192.0.\(2 + $0 / 256).\($0 % 256)", at: $1.name) })
    ]
    return policies
  }

  static func compile(
    _ policies: ZonePolicies, _ database: LocationDatabase? = nil, _ times: ResponseTimes? = nil
  )
    -> ClientClasses?
  {
    SharedDefinitions(knowledge: ClientKnowledge(database: database, times: times)).classes(of: policies)
  }

  static func classes(
    _ locations: [LocationDefinition], _ known: [Known] = [], stages: [Stage] = [.nearest(count: 1), .fence]
  ) throws -> ClientClasses {
    try #require(compile(policies(locations, stages), known.isEmpty ? nil : database(known)))
  }

  /// Such as `fra nyc, of fra`.
  static func text(_ client: ClientClass) -> String {
    let order = client.nearest.joined(separator: " ")
    return (order.isEmpty ? "-" : order) + (client.owner.map { ", of \($0)" } ?? "")
  }

  static func text(_ classes: ClientClasses, _ client: String) -> String {
    text(classes.classes[classes.tree.view.leaf(of: address(client)).value])
  }

  /// Value and length.
  static func leaf(_ classes: ClientClasses, _ client: String) -> [Int] {
    let leaf = classes.tree.view.leaf(of: address(client))
    return [leaf.value, leaf.length]
  }

  // MARK: Distance

  static let fra = location("fra", 50.1, 8.68)
  static let nyc = location("nyc", 40.71, -74.01)
  static let syd = location("syd", -33.87, 151.21)

  @Test(arguments: [
    // Where clients are, locations, and their order.
    (Known("198.51.100.0/24", 48.86, 2.35), [fra, nyc, syd], "fra nyc syd"),
    (Known("198.51.100.0/24", 37.77, -122.42), [fra, nyc, syd], "nyc fra syd"),
    (Known("198.51.100.0/24", -36.85, 174.76), [fra, nyc, syd], "syd nyc fra"),
    (Known("198.51.100.0/24", 35.68, 139.69), [syd, nyc, fra], "syd fra nyc"),
    // Over the antimeridian it is not far.
    (
      Known("198.51.100.0/24", -17, 179.9), [location("east", -17, -179), location("west", -17, 175)],
      "east west"
    ),
    (Known("198.51.100.0/24", 0, 180), [location("a", 0, -179), location("b", 0, 178)], "a b"),
    (Known("198.51.100.0/24", 0, -180), [location("a", 0, 178), location("b", 0, -179.5)], "b a"),
    (Known("198.51.100.0/24", 5, 180), [location("a", 5, -180), location("b", 5, 179.99)], "a b"),
    // Over the pole neither.
    (Known("198.51.100.0/24", 80, 0), [location("over", 80, 180), location("along", 59, 0)], "over along"),
    // At a pole, all of a latitude are equally near: by name.
    (
      Known("198.51.100.0/24", 90, 17),
      [location("c", 60, 0), location("b", 60, 120.5), location("a", 60, -99.9), location("n", 61, 3)],
      "n a b c"
    ),
    (Known("198.51.100.0/24", -90, -180), [location("b", -89, 1), location("a", -89, 179)], "a b"),
    (
      Known("198.51.100.0/24", 90, -180), [location("there", 90, 44), location("near", 89.9, 0)], "there near"
    ),
    // Equally far to both sides, and at the same place.
    (Known("198.51.100.0/24", 0, 0), [location("west", 0, -10), location("east", 0, 10)], "east west"),
    (Known("198.51.100.0/24", 47, 11), [location("b", 40, 21), location("a", 40, 1)], "a b"),
    (Known("198.51.100.0/24", 47, 11), [location("b", 47, 11), location("a", 47, 11)], "a b"),
    // At the antipodes.
    (Known("198.51.100.0/24", -50, -170), [location("far", 50, 10), location("less", 50, 11)], "less far"),
    // What has no coordinates is at no distance.
    (Known("198.51.100.0/24", 48.86, 2.35), [fra, location("lost")], "fra"),
    (Known("198.51.100.0/24"), [fra, nyc], "-"),
  ])
  func distances(_ known: Known, _ locations: [LocationDefinition], _ order: String) throws {
    let classes = try Self.classes(locations, [known])
    #expect(Self.text(classes, "198.51.100.1") == order)
    #expect(Self.text(classes, "203.0.113.1") == "-")
    #expect(classes.classes.first == .unknown)
  }

  @Test(arguments: [
    (50.1, 8.68, 40.71, -74.01, 6_203_510...6_203_514), (0, 0, 0, 180, 20_015_000...20_015_200),
    (90, 0, -90, 77, 20_015_000...20_015_200), (10, 20, 10, 20, 0...0), (0, 0, 0, 0.00001, 1...1),
    (89.9999, 0, 89.9999, 180, 22...23),
  ])
  func metres(
    _ latitude: Double, _ longitude: Double, _ other: Double, _ east: Double, _ range: ClosedRange<Int>
  ) throws {
    let one = try #require(Coordinates(latitude: latitude, longitude: longitude))
    let two = try #require(Coordinates(latitude: other, longitude: east))
    #expect(range.contains(one.distance(to: two)))
    #expect(one.distance(to: two) == two.distance(to: one))
  }

  @Test func placesThatAreNone() {
    for (latitude, longitude) in [
      (90.1, 0), (-91, 0), (0, 180.1), (0, -181), (Double.nan, 0), (0, .infinity),
    ] {
      #expect(Coordinates(latitude: latitude, longitude: longitude) == nil)
    }
  }

  // MARK: Own clients

  @Test(
    arguments: [
      // Locations, what the database knows of 10/8, an address, and its class.
      // A location's own network is where the location is, whatever the database says.
      (
        [location("fra", 50, 8, "10.0.0.0/8"), nyc], Known("10.0.0.0/8", 40, -74), "10.1.2.3",
        "fra nyc, of fra"
      ),
      ([location("fra", 50, 8, "10.1.0.0/16"), nyc], Known("10.0.0.0/8", 40, -74), "10.2.2.3", "nyc fra"),
      // Without coordinates of its own, distances are the client's.
      (
        [location("own", nil, nil, "10.0.0.0/8"), fra, nyc], Known("10.0.0.0/8", 40, -74), "10.1.2.3",
        "own nyc fra, of own"
      ),
      (
        [location("own", nil, nil, "10.0.0.0/8"), fra, nyc], Known("11.0.0.0/8", 40, -74), "10.1.2.3",
        "own, of own"
      ),
      ([location("fra", 50, 8, "10.0.0.0/8"), nyc], Known("11.0.0.0/8"), "10.1.2.3", "fra nyc, of fra"),
      // The longest network counts, of all locations.
      (
        [location("a", 50, 8, "10.0.0.0/8"), location("b", 40, -74, "10.1.0.0/16")], Known("11.0.0.0/8"),
        "10.1.2.3",
        "b a, of b"
      ),
      (
        [location("a", 50, 8, "10.0.0.0/8"), location("b", 40, -74, "10.1.0.0/16")], Known("11.0.0.0/8"),
        "10.2.2.3",
        "a b, of a"
      ),
      // What is taken out of a location is whose it is without that location.
      (
        [location("a", 50, 8, "10.0.0.0/8", "!10.1.0.0/16"), nyc], Known("10.0.0.0/8", 40, -74), "10.1.2.3",
        "nyc a"
      ),
      ([location("a", 50, 8, "10.0.0.0/8", "!10.1.0.0/16"), nyc], Known("11.0.0.0/8"), "10.1.2.3", "-"),
      (
        [location("a", 50, 8, "10.0.0.0/8", "!10.1.0.0/16"), location("b", 40, -74, "10.0.0.0/9")],
        Known("11.0.0.0/8"),
        "10.1.2.3", "b a, of b"
      ),
      (
        [location("a", 50, 8, "10.0.0.0/9", "!10.1.0.0/16"), location("b", 40, -74, "10.0.0.0/8")],
        Known("11.0.0.0/8"),
        "10.1.2.3", "b a, of b"
      ),
      (
        [location("a", 50, 8, "10.0.0.0/8", "!10.1.0.0/16"), location("b", 40, -74, "10.1.0.0/16")],
        Known("11.0.0.0/8"), "10.1.2.3", "b a, of b"
      ),
      (
        [location("a", 50, 8, "10.0.0.0/8", "!10.1.0.0/16", "10.1.2.0/24"), nyc], Known("11.0.0.0/8"),
        "10.1.2.3",
        "a nyc, of a"
      ),
      (
        [location("a", 50, 8, "10.0.0.0/8", "!10.1.0.0/16", "10.1.2.0/24"), nyc], Known("11.0.0.0/8"),
        "10.1.3.3", "-"
      ),
      // IPv6.
      (
        [location("a", 50, 8, "2001:db8::/32", "!2001:db8:1::/48"), nyc], Known("11.0.0.0/8"), "2001:db8::1",
        "a nyc, of a"
      ),
      (
        [location("a", 50, 8, "2001:db8::/32", "!2001:db8:1::/48"), nyc], Known("11.0.0.0/8"),
        "2001:db8:1::1", "-"
      ),
      // Translated addresses are IPv4 ones.
      ([location("a", 50, 8, "10.0.0.0/8"), nyc], Known("11.0.0.0/8"), "64:ff9b::a01:203", "a nyc, of a"),
      // By country, then continent, where the location has no coordinates.
      (
        [location("eu", continents: ["EU"]), location("de", countries: ["DE", "AT"])],
        Known("10.0.0.0/8", country: "DE", continent: "EU"), "10.1.2.3", "de eu, of de"
      ),
      (
        [location("eu", continents: ["EU"]), location("de", countries: ["DE", "AT"])],
        Known("10.0.0.0/8", country: "FR", continent: "EU"), "10.1.2.3", "eu, of eu"
      ),
      (
        [location("eu", continents: ["EU"]), location("de", countries: ["DE", "AT"])],
        Known("10.0.0.0/8", country: "US", continent: "NA"), "10.1.2.3", "-"
      ),
      (
        [location("de", countries: ["DE"]), nyc, fra],
        Known("10.0.0.0/8", 41, -73, country: "DE", continent: "EU"),
        "10.1.2.3", "de nyc fra, of de"
      ),
      // Where both have coordinates the distance decides, but the owner is whom the country belongs to.
      (
        [location("fra", 50, 8, countries: ["US"]), nyc], Known("10.0.0.0/8", 41, -73, country: "US"),
        "10.1.2.3",
        "nyc fra, of fra"
      ),
      // Without the client's coordinates the country does, and distances are counted from there.
      (
        [location("fra", 50, 8, countries: ["US"]), location("ber", 52.5, 13.4), nyc],
        Known("10.0.0.0/8", country: "US"), "10.1.2.3", "fra ber nyc, of fra"
      ),
      (
        [location("eu", nil, nil, continents: ["EU"]), location("fra", 50, 8, countries: ["DE"]), nyc],
        Known("10.0.0.0/8", country: "DE", continent: "EU"), "10.1.2.3", "fra eu nyc, of fra"
      ),
      // An owner by network is one before an owner by country.
      (
        [location("lab", nil, nil, "10.0.0.0/8"), location("de", countries: ["DE"]), nyc],
        Known("10.0.0.0/8", 41, -73, country: "DE"), "10.1.2.3", "lab de nyc, of lab"
      ),
      (
        [location("lab", 1, 1, "10.0.0.0/8"), location("de", countries: ["DE"]), nyc],
        Known("10.0.0.0/8", 41, -73, country: "DE"), "10.1.2.3", "lab nyc, of lab"
      ),
    ] as [([LocationDefinition], Known, String, String)])
  func ownClients(_ locations: [LocationDefinition], _ known: Known, _ client: String, _ expected: String)
    throws
  {
    #expect(Self.text(try Self.classes(locations, [known]), client) == expected)
  }

  // MARK: Measured times

  @Test(
    arguments: [
      // Locations, times, an address, and its class. The database has 10/8 near nyc.
      ([fra, nyc, syd], "10.0.0.0/8 fra 20\n10.0.0.0/8 syd 10\n", "10.1.2.3", "syd fra nyc"),
      ([fra, nyc, syd], "10.1.0.0/16 fra 20\n10.2.0.0/16 syd 20\n", "10.1.2.3", "fra nyc syd"),
      ([fra, nyc, syd], "10.1.0.0/16 fra 20\n10.2.0.0/16 syd 20\n", "10.2.2.3", "syd nyc fra"),
      ([fra, nyc, syd], "10.1.0.0/16 fra 20\n10.2.0.0/16 syd 20\n", "10.3.2.3", "nyc fra syd"),
      // Of equal times the first by name; what the zone does not have does not count.
      ([syd, nyc, fra], "10.0.0.0/8 syd 5\n10.0.0.0/8 fra 5\n10.0.0.0/8 ber 1\n", "10.1.2.3", "fra syd nyc"),
      ([fra, nyc], "10.0.0.0/8 ber 1\n", "10.1.2.3", "nyc fra"),
      // Coordinates are needed neither of clients nor of locations.
      ([fra, location("lost")], "11.0.0.0/8 lost 9\n", "11.1.2.3", "lost"),
      ([fra, nyc], "2001:db8::/32 nyc 9\n2001:db8::/32 fra 8.9\n", "2001:db8::1", "fra nyc"),
      // The owner by network comes first, those by country and continent behind what is measured.
      (
        [location("fra", 50, 8, "10.0.0.0/8"), nyc, syd], "10.0.0.0/8 syd 1\n10.0.0.0/8 nyc 2\n", "10.1.2.3",
        "fra syd nyc, of fra"
      ),
      ([fra, location("us", countries: ["US"])], "10.0.0.0/8 fra 50\n", "10.1.2.3", "fra us, of us"),
      (
        [fra, syd, location("us", countries: ["US"])], "10.0.0.0/8 us 50\n10.0.0.0/8 fra 60\n", "10.1.2.3",
        "us fra syd, of us"
      ),
    ] as [([LocationDefinition], String, String, String)])
  func measuredTimes(
    _ locations: [LocationDefinition], _ lines: String, _ client: String, _ expected: String
  ) throws {
    let times = try ResponseTimes(file: Self.folder.write("times-\(client)-\(lines.hashValue)", lines))
    let classes = try #require(
      Self.compile(
        Self.policies(locations, [.nearest(count: 1), .fence]),
        Self.database([Known("10.0.0.0/8", 40, -74, country: "US", continent: "NA")]), times))
    #expect(Self.text(classes, client) == expected)
    let sighting = classes.sighting(of: address(client))
    #expect(sighting.locations.map(\.name).joined(separator: " ") == expected.prefix { $0 != "," })
    #expect(sighting.scope == classes.tree.view.leaf(of: address(client)).length)
  }
}
