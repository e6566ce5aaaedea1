import DNSWire
import Locations
import TestSupport
import Testing
import Zones

@testable import Steering

/// What a zone's pools answer to clients in different places.
@Suite struct PoolClientsTests {
  static let zone = """
    $TTL 60
    @ SOA ns hostmaster 1 7200 900 1209600 300
    @ NS ns
    ns A 192.0.2.1
    fra._at LOC 50 06 0 N 8 40 0 E 100m
    fra._at APL 1:10.1.0.0/16
    nyc._at LOC 40 42 0 N 74 0 0 W 10m
    nyc._at APL 1:10.2.0.0/16
    syd._at LOC 33 52 0 S 151 12 0 E 10m
    syd._at APL 1:10.3.0.0/16
    near A 192.0.2.10
    near A 192.0.2.20
    near A 192.0.2.30
    near A 192.0.2.31
    near AAAA 2001:db8::30
    near AAAA 2001:db8::20
    _lb.near TXT "check=c steer=up,nearest,weighted"
    _lb.near TXT "member=192.0.2.10 at=fra"
    _lb.near TXT "member=192.0.2.20 at=nyc"
    _lb.near TXT "member=192.0.2.30 at=syd"
    _lb.near TXT "member=192.0.2.31 at=syd"
    _lb.near TXT "member=2001:db8::30 at=syd"
    _lb.near TXT "member=2001:db8::20 at=nyc"
    last A 192.0.2.40
    last A 192.0.2.41
    _lb.last TXT "check=c steer=up,nearest fail=last default-at=nyc"
    _lb.last TXT "member=192.0.2.40 at=fra"
    _lb.last TXT "member=192.0.2.41 at=nyc"
    fenced A 192.0.2.50
    fenced A 192.0.2.51
    _lb.fenced TXT "steer=fence,weighted fail=closed"
    _lb.fenced TXT "member=192.0.2.50 at=fra"
    _lb.fenced TXT "member=192.0.2.51 at=nyc"
    else A 192.0.2.60
    else A 192.0.2.61
    _lb.else TXT "steer=fence,weighted default-at=nyc"
    _lb.else TXT "member=192.0.2.60 at=fra"
    _lb.else TXT "member=192.0.2.61 at=nyc"
    plain A 192.0.2.70
    plain A 192.0.2.71
    _lb.plain TXT "steer=weighted"
    c._check TXT "type=tcp port=80"
    """

  static func load(_ text: String = zone, _ shared: SharedDefinitions = SharedDefinitions()) throws
    -> SteeredZone
  {
    let folder = TemporaryFolder()
    let result = SteeredZoneLoader.load(
      file: folder.write("zone", text), apex: name("example."), shared: shared)
    return try #require(result.zone, "\(result.diagnostics)")
  }

  /// The members that come first in the answers to a client, by their last octet or group.
  static func firsts(
    _ zone: SteeredZone, _ owner: String, of type: RRType = .a, down: [Int] = [], last: [Int] = [],
    from client: String
  ) throws -> [Int] {
    let pool = try #require(
      zone.pools.first { $0.site.owner == name("\(owner).example.") && $0.site.type == type })
    let inputs = pool.members.map { down.contains(Self.number($0)) ? input(.down) : input() }
    let choices = pool.choose(
      inputs, last: Set(pool.members.filter { last.contains(Self.number($0)) }.map(\.identity)))
    let number = zone.classes.map { $0.tree.view.leaf(of: address(client)).value } ?? 0
    let schedule = choices.schedules[choices.numbers[min(number, choices.numbers.count - 1)]]
    return Set(schedule.turns.map { Self.number(pool.members[schedule.answers[Int($0)][0]]) }).sorted()
  }

  static func number(_ member: Member) -> Int {
    guard case .address(let address) = member.identity else { return 0 }
    return address.family == .v4 ? Int(address.low & 0xff) : Int(String(address.low & 0xff, radix: 16)) ?? 0
  }

  @Test(
    arguments: [
      // Owner, members that are down, a client, and who comes first.
      ("near", [], "10.1.0.1", [10]), ("near", [], "10.2.0.1", [20]), ("near", [], "10.3.0.1", [30, 31]),
      ("near", [], "10.4.0.1", [10, 20, 30, 31]),
      // Each goes to the next by its own distance.
      ("near", [10], "10.1.0.1", [20]), ("near", [10], "10.2.0.1", [20]), ("near", [20], "10.2.0.1", [10]),
      ("near", [30], "10.3.0.1", [31]), ("near", [30, 31], "10.3.0.1", [20]),
      ("near", [10, 20], "10.1.0.1", [30, 31]), ("near", [10, 20, 30, 31], "10.1.0.1", [10]),
      ("last", [], "10.1.0.1", [40]), ("last", [], "10.3.0.1", [41]),
      // Clients of whom nothing is known are where the policy says.
      ("last", [], "10.4.0.1", [41]), ("last", [41], "10.4.0.1", [40]),
      ("fenced", [], "10.1.0.1", [50]), ("fenced", [], "10.3.0.1", []), ("fenced", [], "10.4.0.1", []),
      ("else", [], "10.1.0.1", [60]), ("else", [], "10.4.0.1", [61]), ("else", [], "2001:db8::", [61]),
      ("plain", [], "10.1.0.1", [70, 71]),
    ] as [(String, [Int], String, [Int])])
  func answers(_ owner: String, _ down: [Int], _ client: String, _ expected: [Int]) throws {
    #expect(try Self.firsts(try Self.load(), owner, down: down, from: client) == expected)
  }

  @Test func familiesHaveLocationsOfTheirOwn() throws {
    let zone = try Self.load()
    #expect(try Self.firsts(zone, "near", of: .aaaa, from: "10.1.0.1") == [20])
    #expect(try Self.firsts(zone, "near", of: .aaaa, from: "10.3.0.1") == [30])
    #expect(try Self.firsts(zone, "near", of: .aaaa, down: [20], from: "10.2.0.1") == [30])
  }

  /// `fail=last` goes back to those who were answered to any clients.
  @Test func lastAnswers() throws {
    let zone = try Self.load()
    let pool = try #require(zone.pools.first { $0.site.owner == name("last.example.") })
    #expect(pool.choose(pool.members.map { _ in input() }).answered == [0, 1])
    #expect(pool.choose([input(.down), input()]).answered == [1])
    #expect(pool.choose([input(.down), input(.down)]).answered == [])
    #expect(try Self.firsts(zone, "last", down: [40, 41], last: [41], from: "10.1.0.1") == [41])
    #expect(try Self.firsts(zone, "last", down: [40, 41], last: [40, 41], from: "10.1.0.1") == [40])
  }

  @Test func fallbackNamesALocation() throws {
    let zone = try Self.load()
    let groups = try #require(zone.pools.first { $0.site.owner == name("last.example.") }).clients.groups
    #expect(groups.first == ClientClass(nearest: ["nyc", "fra"]))
    #expect(Set(groups) == [ClientClass(nearest: ["nyc", "fra"]), ClientClass(nearest: ["fra", "nyc"])])
  }

  @Test func zonesWithoutLocationsHaveNoClasses() throws {
    let zone = try Self.load("@ SOA ns h 1 2 3 4 5\n@ NS ns\nns A 192.0.2.1\n_lb.ns TXT \"steer=weighted\"")
    #expect(zone.classes == nil)
    #expect(zone.pools.map(\.clients.groups) == [[.unknown]])
  }

  /// Another database makes other classes of the same zone.
  @Test func databasesCanBeReplaced() throws {
    let zone = try Self.load()
    #expect(try Self.firsts(zone, "near", from: "198.51.100.1") == [10, 20, 30, 31])
    for (latitude, longitude, expected) in [(-40.0, 170.0, [30, 31]), (45, -75, [20])] {
      let place = Place(coordinates: Coordinates(latitude: latitude, longitude: longitude))
      let table = AddressTable([.init(address("198.51.100.0"), length: 24, value: 1)], outside: 0)
      let database = LocationDatabase(places: [.unknown, place], table: table, type: "Test", built: 0)
      let moved = zone.under(SharedDefinitions(knowledge: ClientKnowledge(database: database)))
      #expect(try Self.firsts(moved, "near", from: "198.51.100.1") == expected)
      #expect(try Self.firsts(moved, "near", from: "10.1.0.1") == [10])
    }
  }

  /// The schedules for all classes at once are those for each of them.
  @Test func schedulesAreThoseOfEachClass() throws {
    var random = SplitMix64.random()
    print("seed \(random.seed)")
    let names = ["a", "b", "c", "d"]
    let chains: [[Stage]] = [
      [.up, .nearest(count: 1), .weighted], [.nearest(count: 2), .tier, .random],
      [.fence, .hash(.client, isBounded: false)],
      [.fastest, .nearest(count: 1), .weighted], [.up, .fence, .nearest(count: 1), .roundRobin],
      [.nearest(count: 1), .shed(low: 0.5, high: 0.9), .hash(.name, isBounded: true)],
    ]
    for _ in 0..<200 {
      let count = Int.random(in: 1...8, using: &random)
      let pool = (0..<count).map { index in
        member(
          "10.0.0.\(index)", weight: .random(in: 0...4, using: &random),
          tier: .random(in: 1...2, using: &random),
          at: names.randomElement(using: &random))
      }
      let chooser = chooser(chains.randomElement(using: &random)!, pool) {
        $0.fail = Policy.FailMode.allCases.randomElement(using: &random)!
      }
      let inputs = pool.map { _ in
        input(
          Bool.random(using: &random) ? .up : .down, time: .random(in: 1...3, using: &random).rounded(),
          load: .random(in: 0...1, using: &random))
      }
      let clients =
        [.unknown]
        + (0..<12).map { _ in
          ClientClass(
            nearest: Array(names.shuffled(using: &random).prefix(.random(in: 0...4, using: &random))),
            owner: Bool.random(using: &random) ? names.randomElement(using: &random) : nil)
        }
      let last = Set(pool.filter { _ in Bool.random(using: &random) }.map(\.identity))
      let (schedules, numbers, answered) = chooser.schedules(inputs, clients: clients, last: last)
      var expected: Set<Int> = []
      for (client, number) in zip(clients, numbers) {
        let choice = chooser.choose(inputs, client: client, last: last)
        #expect(choice.schedule == schedules[number], "seed \(random.seed)")
        if !choice.isFallback { expected.formUnion(choice.answered) }
      }
      #expect(answered == expected.sorted(), "seed \(random.seed)")
      #expect(numbers.first == 0 && Set(numbers).count == schedules.count)
    }
  }
}
