import DNSWire
import TestSupport
import Testing

@testable import Locations

@Suite struct LocationDatabaseTests {
  typealias Entry = DatabaseWriter.Entry

  static let folder = TemporaryFolder()

  static func place(
    _ latitude: Double? = nil, _ longitude: Double? = nil, _ country: String? = nil,
    _ continent: String? = nil
  ) -> Place {
    var place = Place(country: country, continent: continent)
    if let latitude, let longitude {
      place.coordinates = Coordinates(latitude: latitude, longitude: longitude)
    }
    return place
  }

  private func places(_ database: LocationDatabase, _ addresses: [String]) throws -> [Place] {
    try addresses.map { database.places[Int(database.table[try #require(IPAddress($0))])] }
  }

  static let entries = [
    Entry("192.0.0.0/16", 50, 8, country: "DE", continent: "EU"),
    Entry("192.0.2.0/24", 40.75, -74.25, country: "US", continent: "NA"),
    Entry("192.0.2.128/25", country: "CA", continent: "NA"),
    Entry("192.0.3.7/32", -33.5, 151, continent: "OC"),
    Entry("198.51.100.0/24", 1, country: "DE"),
    Entry("198.51.101.0/24", country: "de", continent: "Europe"),
    Entry("2001:db8::/32", 90, 180, country: "JP", continent: "AS"),
    Entry("2001:db8:1::/48", -90, -180),
    Entry("2001:db8:1:2::/64", 0, 0, continent: "AF"),
    Entry("2001:db8:ffff:ffff:ffff:ffff:ffff:ffff/128", 0, 0, continent: "SA"),
  ]

  /// Nested networks, both families, missing and useless fields, in all forms of files.
  @Test(arguments: [24, 28, 32], ["double", "float"])
  func placesOfAddresses(_ recordSize: Int, _ number: String) throws {
    var writer = DatabaseWriter()
    writer.recordSize = recordSize
    writer.number = number
    let file = try writer.write(Self.entries, to: "city-\(recordSize)-\(number)", in: Self.folder)
    let database = try LocationDatabase(file: file)
    #expect(database.type == "Test-City")
    #expect(database.built > 1_700_000_000)
    let expected: [(String, Place)] = [
      ("191.255.255.255", .unknown), ("192.0.0.0", Self.place(50, 8, "DE", "EU")),
      ("192.0.1.255", Self.place(50, 8, "DE", "EU")), ("192.0.2.0", Self.place(40.75, -74.25, "US", "NA")),
      ("192.0.2.127", Self.place(40.75, -74.25, "US", "NA")),
      ("192.0.2.128", Self.place(nil, nil, "CA", "NA")),
      ("192.0.3.6", Self.place(50, 8, "DE", "EU")), ("192.0.3.7", Self.place(-33.5, 151, nil, "OC")),
      ("192.0.3.8", Self.place(50, 8, "DE", "EU")), ("192.1.0.0", .unknown),
      // A latitude alone is nowhere; what is no code is not taken for one.
      ("198.51.100.1", Self.place(nil, nil, "DE")), ("198.51.101.1", .unknown),
      ("2001:db7:ffff::", .unknown), ("2001:db8::", Self.place(90, 180, "JP", "AS")),
      ("2001:db8:1::", Self.place(-90, -180)), ("2001:db8:1:2::ffff", Self.place(0, 0, nil, "AF")),
      ("2001:db8:1:3::", Self.place(-90, -180)),
      ("2001:db8:ffff:ffff:ffff:ffff:ffff:fffe", Self.place(90, 180, "JP", "AS")),
      ("2001:db8:ffff:ffff:ffff:ffff:ffff:ffff", Self.place(0, 0, nil, "SA")), ("2001:db9::", .unknown),
      ("ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", .unknown),
      // Aliases of IPv4 networks are not followed.
      ("2002:c000:201::", .unknown), ("2001:0:c000:201::", .unknown), ("::c000:201", .unknown),
      ("::ffff:192.0.2.1", Self.place(40.75, -74.25, "US", "NA")),
    ]
    for (address, place) in expected {
      #expect(try places(database, [address]) == [place], "\(address)")
    }
    #expect(database.places.count == Set(database.places).count && database.places.first == .unknown)
  }

  @Test func databaseOfIPv4Addresses() throws {
    var writer = DatabaseWriter()
    writer.version = 4
    let file = try writer.write(
      Self.entries.filter { !$0.network.contains(":") }, to: "v4", in: Self.folder)
    let database = try LocationDatabase(file: file)
    #expect(
      try places(database, ["192.0.2.1", "255.255.255.255", "2001:db8::", "::c000:201"])
        == [Self.place(40.75, -74.25, "US", "NA"), .unknown, .unknown, .unknown])
  }

  /// A network may be wider than all IPv4 addresses.
  @Test func networksAroundIPv4() throws {
    var writer = DatabaseWriter()
    writer.hasAliases = false
    let file = try writer.write([Entry("::/3", country: "FR")], to: "wide", in: Self.folder)
    let database = try LocationDatabase(file: file)
    let france = Self.place(nil, nil, "FR")
    #expect(
      try places(database, ["0.0.0.0", "255.255.255.255", "::1", "::1:0:0", "1fff::", "2000::"])
        == [france, france, .unknown, france, france, .unknown])
  }

  /// All that a database says of random networks is what the last of them says.
  @Test func randomDatabases() throws {
    var source = RandomNetworks(random: SplitMix64.random())
    print("seed \(source.random.seed)")
    for round in 0..<4 {
      let networks = (source.networks(.v4, count: 60) + source.networks(.v6, count: 60)).filter {
        // The writer refuses to put networks into aliases, and the root.
        $0.length > 0 && ($0.address.family == .v4 || $0.address.high >> 48 > 0x2002)
      }
      let sorted = networks.sorted { $0.length < $1.length }
      let file = try DatabaseWriter().write(
        sorted.map { Entry("\($0.address)/\($0.length)", Double($0.value), 0) },
        to: "random-\(round)", in: Self.folder)
      let database = try LocationDatabase(file: file)
      let naive = NaiveTable(networks: sorted, outside: 99)
      for family in [IPAddress.Family.v4, .v6] {
        let addresses = naive.edges(family).flatMap { [$0, $0 &- 1] }.map { IPAddress(family, bits: $0) }
        for address in addresses where address.family == family && address == address.untranslated {
          let value = naive.value(of: address)
          let place = database.places[Int(database.table[address])]
          #expect(place.coordinates?.latitude == (value == 99 ? nil : Double(value)), "\(address)")
        }
      }
    }
  }

  // MARK: What is refused

  @Test func filesThatAreNoDatabases() throws {
    let folder = Self.folder
    let text = folder.write("text", "192.0.2.0/24 50 8\n")
    let empty = folder.write("empty", "")
    #expect(throws: LocationDatabaseError.unreadable("No such file or directory")) {
      try LocationDatabase(file: "\(folder.path)/none")
    }
    #expect(throws: LocationDatabaseError.unreadable("it is a folder; name a file")) {
      try LocationDatabase(file: folder.path)
    }
    #expect(throws: LocationDatabaseError.notDatabase) { try LocationDatabase(file: text) }
    #expect(throws: LocationDatabaseError.notDatabase) { try LocationDatabase(file: empty) }
  }

  @Test func databasesWithoutPlaces() throws {
    var writer = DatabaseWriter()
    writer.type = "Test-ASN"
    let file = try writer.write([Entry("192.0.2.0/24")], to: "asn", in: Self.folder)
    #expect(throws: LocationDatabaseError.noPlaces(type: "Test-ASN")) { try LocationDatabase(file: file) }
  }

  @Test(arguments: [(91.0, 0.0), (0, -180.5)]) func placesThatAreNone(_ latitude: Double, _ longitude: Double)
    throws
  {
    let file = try DatabaseWriter().write(
      [Entry("192.0.2.0/24", latitude, longitude)], to: "nowhere-\(latitude)", in: Self.folder)
    #expect(throws: LocationDatabaseError.damaged) { try LocationDatabase(file: file) }
  }

  /// Cut short anywhere, a file is refused.
  @Test func truncatedFiles() throws {
    let file = try DatabaseWriter().write(Self.entries, to: "whole", in: Self.folder)
    let octets = try #require(Self.folder.octets("whole"))
    _ = try LocationDatabase(file: file)
    for length in stride(from: 0, to: octets.count, by: 97) {
      let cut = Self.folder.write("cut", octets: Array(octets[..<length]))
      #expect(throws: LocationDatabaseError.self, "\(length) of \(octets.count) octets") {
        try LocationDatabase(file: cut)
      }
    }
  }

  /// A search tree that leads in a circle, or to data that are not there, is noticed; random damage at least ends
  /// nothing.
  @Test func corruptFiles() throws {
    var random = SplitMix64.random()
    print("seed \(random.seed)")
    var writer = DatabaseWriter()
    writer.recordSize = 32
    let file = try writer.write(Self.entries, to: "sound", in: Self.folder)
    let octets = try #require(Self.folder.octets("sound"))
    _ = try LocationDatabase(file: file)
    // Both sides of the root lead to the root, to its child, or beyond the data.
    for target: [UInt8] in [[0, 0, 0, 0], [0, 0, 0, 1], [0x7f, 0xff, 0xff, 0xff], [0, 2, 0, 0]] {
      let circle = Self.folder.write("circle", octets: target + target + octets[8...])
      #expect(throws: LocationDatabaseError.damaged, "\(target)") { try LocationDatabase(file: circle) }
    }
    var refused = 0
    for _ in 0..<100 {
      var damaged = octets
      for _ in 0..<Int.random(in: 1...20, using: &random) {
        damaged[.random(in: damaged.indices, using: &random)] = .random(in: 0...255, using: &random)
      }
      do {
        let database = try LocationDatabase(file: Self.folder.write("damaged", octets: damaged))
        #expect(database.places.count > 1)
      } catch {
        refused += 1
      }
    }
    #expect(refused > 30)
  }
}
