import DNSWire
import TestSupport
import Testing

@testable import Control

/// Where clients are, from the configuration file to the answer.
@Suite(.serialized)
struct LocationTests {
  typealias Entry = DatabaseWriter.Entry

  static let zone = """
    $TTL 60
    @ SOA ns hostmaster 1 7200 900 1209600 300
    @ NS ns
    ns A 192.0.2.1
    fra._at LOC 50 06 0 N 8 40 0 E 100m
    fra._at APL 1:10.1.0.0/16
    nyc._at LOC 40 42 0 N 74 0 0 W 10m
    near A 192.0.2.10
    near A 192.0.2.20
    _lb.near TXT "steer=nearest,weighted"
    _lb.near TXT "member=192.0.2.10 at=fra"
    _lb.near TXT "member=192.0.2.20 at=nyc"

    """

  private let folder = TemporaryFolder()
  private let data = TemporaryFolder()

  private func writeDatabase(_ entries: [Entry]) throws -> String {
    try DatabaseWriter().write(entries, to: "city.mmdb", in: data)
  }

  private func configuration() -> String { data.write("swiftlet.yaml", "locations: {database: city.mmdb}\n") }

  private func ask(_ client: DNSClient, _ name: String = "near.a.example.", for subnet: [UInt8]) throws
    -> String
  {
    var query = QueryMessage(try DomainName(name), .a)
    query.udpSize = 1232
    query.options = [(8, [0, 1, UInt8(subnet.count * 8), 0] + subnet)]
    let message = try Message(try client.exchange(query.octets))
    let scope = message.edns?.options[8].map { "\($0[3])" } ?? "-"
    return message.answer.joined(separator: " ") + " /" + scope
  }

  private static func answer(_ last: Int, _ scope: Int) -> String {
    "near.a.example. 60 A 192.0.2.\(last) /\(scope)"
  }

  @Test func clientsGetTheNearest() throws {
    folder.write("a.example.zone", Self.zone)
    _ = try writeDatabase([
      Entry("198.51.100.0/24", 48.9, 2.4, country: "FR"),
      Entry("198.51.101.0/25", 37.8, -122.4, country: "US"),
    ])
    let (server, client) = try ServerProcess.serving(folder, ["--config", configuration()])
    #expect(
      server.lines.contains {
        $0.contains(" notice locations loaded file=\(data.path)/city.mmdb built=20")
          && $0.contains(" places=2 ")
      })
    #expect(try ask(client, for: [10, 1, 2]) == Self.answer(10, 16))
    #expect(try ask(client, for: [198, 51, 100]) == Self.answer(10, 24))
    #expect(try ask(client, for: [198, 51, 101]) == Self.answer(20, 25))
    #expect(try ask(client, "ns.a.example.", for: [198, 51, 101]) == "ns.a.example. 60 A 192.0.2.1 /0")

    // Another database is taken when asked for, and a damaged one is not.
    _ = try writeDatabase([Entry("198.51.100.0/23", 37.8, -122.4, country: "US")])
    let log = try server.reload(until: " reloaded ")
    #expect(log.contains { $0.contains(" notice locations loaded ") && $0.contains(" places=1 ") })
    #expect(try ask(client, for: [198, 51, 100]) == Self.answer(20, 23))
    #expect(try ask(client, for: [10, 1, 2]) == Self.answer(10, 16))
    let octets = try #require(data.octets("city.mmdb"))
    data.write("city.mmdb", octets: Array(octets.dropLast(40)))
    let refusal = try server.reload(until: " reloaded ")
    #expect(
      refusal.contains {
        $0.contains(" error locations refused: \(data.path)/city.mmdb: it is no MaxMind DB file")
      })
    #expect(try ask(client, for: [198, 51, 100]) == Self.answer(20, 23))
    data.remove("city.mmdb")
    #expect(
      try server.reload(until: " reloaded ").contains {
        $0.contains(" error locations refused: ")
          && $0.contains("city.mmdb: cannot read the file: No such file or directory")
      })
    #expect(try ask(client, for: [198, 51, 100]) == Self.answer(20, 23))
    // A zone that is read anew has what was read before, too.
    folder.write("a.example.zone", Self.zone + "more A 192.0.2.99\n")
    try server.reload(until: " reloaded ")
    #expect(try ask(client, for: [198, 51, 100]) == Self.answer(20, 23))
    #expect(try server.stop() == 0)
  }

  @Test func aReplacedDatabaseIsNoticed() throws {
    folder.write("a.example.zone", Self.zone)
    _ = try writeDatabase([Entry("198.51.100.0/24", 48.9, 2.4)])
    data.write("rtt.txt", "203.0.113.0/24 nyc 5\n")
    let configuration = data.write("swiftlet.yaml", "locations: {database: city.mmdb, rtt: rtt.txt}\n")
    let (server, client) = try ServerProcess.serving(folder, ["--config", configuration])
    #expect(try ask(client, for: [198, 51, 100]) == Self.answer(10, 24))
    _ = try writeDatabase([Entry("198.51.100.0/24", 37.8, -122.4)])
    try server.line(containing: " reloaded ")
    #expect(try ask(client, for: [198, 51, 100]) == Self.answer(20, 24))
    let told = " info locations have been replaced file=\(data.path)/city.mmdb"
    #expect(server.lines.contains { $0.hasSuffix(told) })
    #expect(try server.stop() == 0)
  }

  /// Measured times decide, and are read again when asked for; with mistakes they are not taken.
  @Test func measuredTimesDecide() throws {
    folder.write("a.example.zone", Self.zone)
    data.write("rtt.txt", "198.51.100.0/24 nyc 9.5\n198.51.100.0/24 fra 20\n203.0.113.0/25 fra 5\n")
    let configuration = data.write("swiftlet.yaml", "locations: {rtt: rtt.txt}\n")
    let (server, client) = try ServerProcess.serving(folder, ["--config", configuration])
    #expect(
      server.lines.contains {
        $0.contains(" notice locations loaded file=\(data.path)/rtt.txt networks=2 times=3 ")
      })
    #expect(try ask(client, for: [198, 51, 100]) == Self.answer(20, 24))
    #expect(try ask(client, for: [203, 0, 113]) == Self.answer(10, 25))
    #expect(try ask(client, for: [10, 1, 2]) == Self.answer(10, 16))
    data.write("rtt.txt", "198.51.100.0/23 nyc 9.5\n198.51.100.0/23 fra 9.4\n")
    try server.reload(until: " reloaded ")
    #expect(try ask(client, for: [198, 51, 100]) == Self.answer(10, 23))
    data.write("rtt.txt", "198.51.100.0/24 nyc fast\n")
    #expect(
      try server.reload(until: " reloaded ").contains {
        $0.contains(" error locations refused: \(data.path)/rtt.txt:1:21: error: 'fast' is no time; ")
      })
    #expect(try ask(client, for: [198, 51, 100]) == Self.answer(10, 23))
    #expect(try server.stop() == 0)
  }

  /// Locations that no zone has are told when they come up, and not again.
  @Test func strangeLocationsAreTold() throws {
    folder.write("a.example.zone", Self.zone)
    data.write("rtt.txt", "198.51.100.0/24 nyc 9.5\n198.51.100.0/24 frx 20\n")
    let configuration = data.write("swiftlet.yaml", "locations: {rtt: rtt.txt}\n")
    let (server, _) = try ServerProcess.serving(folder, ["--config", configuration])
    func isTold(_ lines: [String], _ place: String, _ name: String) -> Bool {
      lines.contains {
        $0.contains(
          " warning \(data.path)/rtt.txt:\(place): no zone has a location '\(name)'; its times do not count")
      }
    }
    #expect(isTold(server.lines, "2:17", "frx"))
    data.write("rtt.txt", "198.51.100.0/24 bos 9\n198.51.100.0/24 frx 20\n")
    let lines = try server.reload(until: " reloaded ")
    #expect(isTold(lines, "1:17", "bos") && !isTold(lines, "2:17", "frx"))
    // Zones change, too.
    folder.write("a.example.zone", Self.zone.replacing("nyc", with: "bos"))
    #expect(!isTold(try server.reload(until: " reloaded "), "1:17", "bos"))
    folder.write("a.example.zone", Self.zone)
    #expect(isTold(try server.reload(until: " reloaded "), "1:17", "bos"))
    #expect(try server.stop() == 0)
    let strict = try ServerProcess([
      "serve", folder.path, "--listen", "127.0.0.1:0", "--control", "off", "--strict", "--config",
      configuration,
    ])
    #expect(try strict.exitStatus() == 1)
  }

  /// Where clients come to more orders of locations than can be told apart, it is said at the policies that lose.
  @Test func cutOrdersAreTold() throws {
    let names = (0..<30).map { "l\($0)" }
    let zone =
      ["$TTL 60", "@ SOA ns hostmaster 1 7200 900 1209600 300", "@ NS ns", "ns A 192.0.2.1"]
      + names.map { "\($0)._at LOC 50 06 0 N 8 40 0 E 100m" }
      + ["_lb.few TXT \"steer=nearest,weighted\"", "_lb.many TXT \"steer=nearest:4,weighted\""]
      + names.indices.map { "many A 192.0.2.\($0)\n_lb.many TXT \"member=192.0.2.\($0) at=l\($0)\"" }
      + names.indices.prefix(5).map { "few A 192.0.2.\($0)\n_lb.few TXT \"member=192.0.2.\($0) at=l\($0)\"" }
    folder.write("a.example.zone", zone.map { "\($0)\n" }.joined())
    // Of each network, another three locations are the nearest.
    var lines: [String] = []
    for network in 0..<24_360 {
      var left = names
      for (place, choice) in [network / 812, network / 28 % 29, network % 28].enumerated() {
        lines.append("10.\(network / 256).\(network % 256).0/24 \(left.remove(at: choice)) \(place + 1)")
      }
    }
    let times = lines.map { "\($0)\n" }.joined()
    data.write("rtt.txt", times)
    let configuration = data.write("swiftlet.yaml", "locations: {rtt: rtt.txt}\n")
    let message =
      "of the 30 locations of the policy the nearest 2 count, as the zone's clients would come to more than 16384 "
      + "different orders; the others are equally far, and nearest:4 keeps them all; have fewer locations in the "
      + "policy, or policies for other locations in zones of their own"
    let check = try Command(["check", folder.path, "--config", configuration])
    let place = "\(folder.path)/a.example.zone:36:1"
    #expect(check.status == 0)
    #expect(
      check.lines.filter { $0.contains("warning") } == [
        "\(place): warning: \(message)", "0 errors, 1 warning",
      ])
    // A running server tells it of zones that are not read again, too.
    data.write(
      "rtt.txt", "10.0.0.0/8 l1 5\n10.0.0.0/8 l2 5\n" + names.map { "192.0.2.0/24 \($0) 1\n" }.joined())
    let (server, _) = try ServerProcess.serving(folder, ["--config", configuration])
    #expect(!server.lines.contains { $0.contains(" warning \(place)") })
    data.write("rtt.txt", times)
    let told = try server.reload(until: " reloaded ").filter { $0.contains(" warning \(place)") }
    #expect(told.count == 1 && told[0].hasSuffix("\(place): \(message) zone=a.example."))
    #expect(try server.stop() == 0)
  }

  /// Without a database that can be used the server starts; with --strict it does not.
  @Test func startsWithoutTheDatabase() throws {
    folder.write("a.example.zone", Self.zone)
    let (server, client) = try ServerProcess.serving(folder, ["--config", configuration()])
    #expect(server.lines.contains { $0.contains(" error locations refused: ") })
    #expect(try ask(client, for: [10, 1, 2]) == Self.answer(10, 16))
    #expect(try server.stop() == 0)
    let strict = try ServerProcess([
      "serve", folder.path, "--listen", "127.0.0.1:0", "--control", "off", "--strict", "--config",
      configuration(),
    ])
    #expect(try strict.exitStatus() == 1)
  }

  // MARK: Without a server

  private func question(_ name: String = "near.a.example") throws -> PoolQuestion {
    var question = PoolQuestion(path: folder.path, name: name)
    question.configuration = try ConfigurationFile.read(configuration())
    return question
  }

  private func prepare() throws {
    folder.write("a.example.zone", Self.zone)
    folder.write("b.example.zone", ZoneText.zone(serial: 1))
    _ = try writeDatabase([
      Entry("198.51.100.0/24", 48.9, 2.4, country: "FR", continent: "EU"),
      Entry("198.51.102.0/23", continent: "EU"),
    ])
  }

  @Test(
    arguments: [
      (
        "198.51.100.7", "the database has it at 48.90N 2.40E (FR, EU)", "fra 472km, nyc 5839km",
        "198.51.100.0/24"
      ),
      ("10.1.2.0/24", "its network is of fra", "fra 0km (its own), nyc 6203km", "10.1.0.0/16"),
      ("64:ff9b::10.1.2.3", "its network is of fra", "fra 0km (its own), nyc 6203km", "64:ff9b::a01:0/112"),
      ("198.51.103.1", "the database has it in EU", nil, "198.51.102.0/23"),
      ("2001:db8::1", "nothing is known of where it is", nil, "2000::/3"),
    ] as [(String, String, String?, String)])
  func locate(_ client: String, _ whereabouts: String, _ order: String?, _ leaf: String) throws {
    try prepare()
    let locator = ClientLocator(
      path: folder.path, client: client, configuration: try question().configuration, showsScope: true,
      json: false)
    let lines = try locator.report()
    let network = try ClientNetwork(parsing: client)
    #expect(lines.first?.hasPrefix("database Test-City of 20") == true)
    #expect(
      lines.dropFirst() == ["a.example. \(network): \(whereabouts)"]
        + (order.map { ["  locations: \($0)"] } ?? [])
        + ["  alike for \(leaf)"])
  }

  @Test func locateTellsMeasuredTimes() throws {
    try prepare()
    data.write("rtt.txt", "198.51.100.0/25 nyc 9.5\n198.51.100.0/25 fra 20\n203.0.113.0/24 fra 5\n")
    data.write("swiftlet.yaml", "locations: {database: city.mmdb, rtt: rtt.txt}\n")
    let configuration = try ConfigurationFile.read("\(data.path)/swiftlet.yaml")
    func lines(_ client: String, json: Bool = false) throws -> ArraySlice<String> {
      let locator = ClientLocator(
        path: folder.path, client: client, configuration: configuration, showsScope: true, json: json)
      return try locator.report().dropFirst(json ? 0 : 1)
    }
    #expect(
      try lines("198.51.100.7") == [
        "a.example. 198.51.100.7: the database has it at 48.90N 2.40E (FR, EU); the table has its times to "
          + "2 locations",
        "  locations: nyc 9.5ms 5839km, fra 20ms 472km", "  alike for 198.51.100.0/25",
      ])
    #expect(
      try lines("203.0.113.9") == [
        "a.example. 203.0.113.9: the table has its time to 1 location", "  locations: fra 5ms",
        "  alike for 203.0.113.0/24",
      ])
    #expect(
      try lines("203.0.113.9", json: true).first?.contains(
        #""locations":[{"name":"fra","own":false,"milliseconds":5.0,"metres":null}]"#) == true)
  }

  /// What is wrong with the files is told, and names of locations that no zone has.
  @Test func checkReadsTheFiles() throws {
    try prepare()
    func check(_ times: String, _ flags: String...) throws -> Command {
      data.write("rtt.txt", times)
      let configuration = data.write("swiftlet.yaml", "locations: {database: city.mmdb, rtt: rtt.txt}\n")
      return try Command(["check", folder.path, "--config", configuration] + flags)
    }
    let good = try check("10.0.0.0/8 fra 5\n", "--strict")
    #expect(good.status == 0 && good.lines.last == "0 errors, 0 warnings")
    let unknown = "10.0.0.0/8 frx 5\n10.0.0.0/8 nyc 5\n"
    let complaint = "\(data.path)/rtt.txt:1:12: warning: no zone has a location 'frx'; its times do not count"
    let strange = try check(unknown)
    #expect(strange.status == 0 && strange.lines.contains(complaint))
    #expect(try check(unknown, "--strict").status == 1)
    let wrong = try check("10.0.0.0/8 fra\n")
    #expect(
      wrong.status == 1
        && wrong.lines.contains { $0.hasPrefix("\(data.path)/rtt.txt:1:1: error: three words") })
    data.write("city.mmdb", "nonsense")
    let broken = try check("10.0.0.0/8 fra 5\n")
    #expect(
      broken.status == 1
        && broken.lines.contains { $0.hasPrefix("\(data.path)/city.mmdb: it is no MaxMind DB") })
  }

  @Test func explainTellsWhereAClientIs() throws {
    try prepare()
    let lines = try PoolExplainer(question: try question(), client: "198.51.100.0/24").report()
    #expect(
      lines.starts(with: [
        "near.a.example. A: policy _lb.near.a.example. steer=nearest:1,weighted, TTL 60",
        "client 198.51.100.0/24: the database has it at 48.90N 2.40E (FR, EU)",
        "  locations: fra 472km, nyc 5839km", "  alike for 198.51.100.0/24",
      ]))
    #expect(lines.contains("  drops 192.0.2.20: its location is number 2 in the client's order"))
    let json = try PoolExplainer(question: try question(), client: "198.51.100.0/24", json: true).report()
    #expect(json[0].contains(#""seen":{"network-of":null,"country":"FR","continent":"EU","latitude":48.9,"#))
  }

  @Test func explainTellsWhereUnknownClientsCount() throws {
    folder.write(
      "a.example.zone", Self.zone + "_lb.near TXT \"default-at=nyc\"\n")
    _ = try writeDatabase([Entry("198.51.100.0/24", 48.9, 2.4)])
    let lines = try PoolExplainer(question: try question(), client: "192.0.2.1").report()
    #expect(
      lines[1...2] == [
        "client 192.0.2.1: nothing is known of where it is", "  counts as being at nyc, by default-at=",
      ])
    #expect(lines.last == "  192.0.2.20")
  }

  @Test func simulateAsksFromPlaces() throws {
    try prepare()
    let simulator = PoolSimulator(
      question: try question(), queries: 1000, clients: ["198.51.100.0/24", "10.1.0.0/16"], seed: 1)
    #expect(
      try simulator.report().suffix(2) == [
        "  192.0.2.10  1000/1000  100.00%  1000  100.00%", "  192.0.2.20     0/1000    0.00%     0    0.00%",
      ])
  }

  @Test func aDatabaseThatCannotBeReadIsTold() throws {
    folder.write("a.example.zone", Self.zone)
    data.write("city.mmdb", "nonsense")
    #expect(throws: PoolFailure.self) {
      try PoolExplainer(question: try question(), client: "198.51.100.0/24").report()
    }
  }
}
