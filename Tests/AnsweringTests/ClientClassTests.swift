import DNSWire
import Locations
import TestSupport
import Testing
import Zones

@testable import Answering

/// Pools that answer each class of clients by a schedule of its own.
@Suite struct ClientClassTests {
  static let zone = """
    $TTL 60
    @ SOA ns hostmaster 1 7200 900 1209600 300
    @ NS ns
    ns A 192.0.2.1
    www A 192.0.2.10
    www A 192.0.2.11
    www A 192.0.2.12
    www A 192.0.2.13
    _lb.www TXT "steer=nearest,weighted"
    app A 192.0.2.20
    app A 192.0.2.21
    _lb.app TXT "steer=hash:client"
    alias CNAME www
    """

  /// Networks and the classes of their clients: 1 to 3, and 4, which the schedules do not know.
  static let networks: [(String, Int, UInt32)] = [
    ("10.0.0.0", 8, 1), ("10.1.0.0", 16, 2), ("10.1.2.0", 28, 3), ("11.0.0.0", 8, 4), ("2001:db8::", 32, 2),
    ("2001:db8:1:2:3::", 80, 3),
  ]

  static func tree() throws -> PrefixTree {
    let networks = try networks.map {
      AddressTable.Network(try #require(IPAddress($0.0)), length: $0.1, value: $0.2)
    }
    return try #require(PrefixTree(AddressTable(networks, outside: 0)))
  }

  /// Class 0 gets `.10` and `.11` in turns, class 1 `.12`, class 2 `.12` and `.13` in turns, class 3 nothing.
  static func schedules(_ zone: CompiledZone) -> [EncodedSchedule] {
    zone.pools.map { site in
      func schedule(_ members: [Int], _ picking: ScheduleView.Picking = .cycle) -> EncodedSchedule {
        EncodedSchedule(
          .addresses(site.addresses), at: site, apex: zone.apex, ttl: 30, picking: picking,
          answers: members.map { [$0] }, turns: members.indices.map { UInt32($0) })
      }
      if site.owner.description == "app.example." {
        return EncodedSchedule([schedule([0, 1], .clientHash), schedule([1])], byClass: [0, 1, 0, 1])
      }
      return EncodedSchedule(
        [schedule([0, 1]), schedule([2]), schedule([2, 3]), schedule([])], byClass: [0, 1, 2, 3])
    }
  }

  static func subject(workers: Int = 1) throws -> Subject {
    try Subject(
      [("example.", zone)], workers: workers, classes: try tree(), schedules: { schedules($0) })
  }

  private func option(_ network: String) -> [UInt8] {
    let parts = network.split(separator: "/")
    let (address, length) = (IPAddress(parts[0])!, Int(parts[1])!)
    // Whoever writes an IPv4-mapped address in six groups means an IPv6 one.
    let isV6 = network.contains(":")
    let octets = address.octets(for: isV6 ? .aaaa : .a).prefix((length + 7) / 8)
    return [0, isV6 ? 2 : 1, UInt8(length), 0] + octets
  }

  @Test(
    arguments: [
      // The client, the last octets of the answers that it gets in turns, and the scope.
      ("9.0.0.0/8", [10, 11], 7), ("0.0.0.0/1", [10, 11], 5), ("128.0.0.0/1", [10, 11], 1),
      ("10.2.0.0/24", [12], 15), ("10.128.0.0/9", [12], 9), ("10.0.0.0/8", [12], 16),
      ("10.1.0.0/24", [12, 13], 23), ("10.1.4.0/24", [12, 13], 22), ("10.1.0.0/16", [12, 13], 23),
      ("10.1.2.16/28", [12, 13], 28), ("10.1.2.0/24", [], 28), ("10.1.2.5/32", [], 28),
      // A class that the schedules do not know is answered as the first.
      ("11.0.0.0/16", [10, 11], 8),
      ("2001:db8::/32", [12, 13], 48), ("2001:db8:1:2:3::/80", [], 80), ("2001:db8:1:2::/64", [12, 13], 79),
      ("2001:db9::/48", [10, 11], 32), ("4000::/16", [10, 11], 2),
      // IPv4 addresses within IPv6 ones.
      ("::ffff:10.2.0.0/120", [12], 111), ("64:ff9b::10.2.0.0/120", [12], 111),
      ("::ffff:10.1.2.0/124", [], 124),
    ] as [(String, [Int], UInt8)])
  func answersByClass(_ client: String, _ members: [Int], _ scope: UInt8) throws {
    var subject = try Self.subject()
    for transport in [TransportKind.udp, .tcp] {
      for name in ["www.example.", "alias.example."] {
        var seen: Set<String> = []
        for _ in 0..<4 {
          let message = try subject.ask(name, .a, over: transport) {
            $0.udpSize = 1232
            $0.options = [(8, option(client))]
          }
          #expect(message.header == "NOERROR aa")
          seen.formUnion(message.answer.filter { $0.hasPrefix("www.") })
          var expected = option(client)
          expected[3] = scope
          #expect(message.edns?.options[8] == expected)
        }
        #expect(seen == Set(members.map { "www.example. 30 A 192.0.2.\($0)" }))
      }
    }
  }

  @Test func theResolverCountsWhereNoClientIsTold() throws {
    var subject = try Self.subject()
    for (resolver, members) in [
      ("10.2.3.4", [12]), ("10.1.9.9", [12, 13]), ("2001:db8::9", [12, 13]), ("::1", [10, 11]),
    ] {
      for options in [[], [(8, [0, 1, 0, 0])]] as [[(UInt16, [UInt8])]] {
        var seen: Set<String> = []
        for _ in 0..<4 {
          let message = try subject.ask("www.example.", .a, from: resolver) {
            $0.udpSize = 1232
            $0.options = options
          }
          seen.formUnion(message.answer)
          #expect(message.edns?.options[8] == options.first?.1)
        }
        #expect(seen == Set(members.map { "www.example. 30 A 192.0.2.\($0)" }))
      }
    }
  }

  /// However clients of different classes take turns, each class has its own.
  @Test func turnsAreCountedByClass() throws {
    var subject = try Self.subject()
    var random = SplitMix64.random()
    print("seed \(random.seed)")
    var counts: [String: [String: Int]] = [:]
    for _ in 0..<2_000 {
      let resolver = ["9.0.0.1", "10.0.0.1", "10.1.0.1"].randomElement(using: &random)!
      let answer = try subject.ask("www.example.", .a, from: resolver).answer
      counts[resolver, default: [:]][answer.first ?? "", default: 0] += 1
    }
    for (resolver, counts) in counts {
      let (low, high) = (counts.values.min() ?? 0, counts.values.max() ?? 0)
      #expect(high - low <= 1, "\(resolver): \(counts)")
    }
    #expect(counts.mapValues(\.count) == ["9.0.0.1": 2, "10.0.0.1": 1, "10.1.0.1": 2])
  }

  /// The scope is that of all that the answer depends on.
  @Test func stickyPoolsOfAClass() throws {
    var subject = try Self.subject()
    for (client, scope) in [
      ("10.0.0.0/24", 16), ("9.1.2.0/24", 24), ("10.1.2.16/28", 28), ("10.1.0.0/20", 24),
    ] {
      let message = try subject.ask("app.example.", .a) {
        $0.udpSize = 1232
        $0.options = [(8, option(client))]
      }
      #expect(message.edns?.options[8]?[3] == UInt8(scope), "\(client)")
    }
  }

  /// Any client: what is answered holds for all of the scope's addresses.
  @Test func scopesAreTrue() throws {
    var random = SplitMix64.random()
    print("seed \(random.seed)")
    var subject = try Self.subject()
    for _ in 0..<3_000 {
      let (text, bits, _) = Self.networks.randomElement(using: &random)!
      let near = try #require(IPAddress(text))
      let isV6 = near.family == .v6
      let width = isV6 ? 128 : 32
      let length = Int.random(in: 1...width, using: &random)
      let shift = Int.random(in: 0...(width - bits), using: &random)
      let address =
        isV6
        ? IPAddress(
          v6High: near.high ^ UInt64.random(in: 0...UInt64.max, using: &random)
            >> UInt64(64 - min(shift, 64)),
          low: UInt64.random(in: 0...UInt64.max, using: &random))
        : IPAddress(
          v4: UInt32(near.low)
            ^ UInt32(UInt64.random(in: 0...UInt64(UInt32.max), using: &random) >> UInt64(32 - shift)))
      let told = try scope(&subject, address, length, isV6)
      // What is told is the first address of the network. Another address of the scope gets the same scope, and the same class's answers.
      let other = IPAddress(
        v6High: isV6 ? mixed(mixed(address.high, 0, length), random.next(), told.scope) : 0,
        low: isV6
          ? mixed(mixed(address.low, 0, length - 64), random.next(), told.scope - 64)
          : mixed(mixed(address.low, 0, length + 32), random.next() >> 32, told.scope + 32))
      let again = try scope(&subject, isV6 ? other : IPAddress(v4: UInt32(other.low)), width, isV6)
      #expect(again == told, "seed \(random.seed): \(address)/\(length) and \(other)")
    }
  }

  // The first `length` bits of `one` and the others of `two`.
  private func mixed(_ one: UInt64, _ two: UInt64, _ length: Int) -> UInt64 {
    let hosts = UInt64.max >> UInt64(max(0, length))
    return one & ~hosts | two & hosts
  }

  private struct Told: Equatable {
    var scope: Int
    var answers: Set<[String]>
  }

  private func scope(_ subject: inout Subject, _ address: IPAddress, _ length: Int, _ isV6: Bool) throws
    -> Told
  {
    var octets = Array(address.octets(for: isV6 ? .aaaa : .a).prefix((length + 7) / 8))
    if length % 8 > 0 { octets[octets.count - 1] &= 0xff << UInt8(8 - length % 8) }
    var told = Told(scope: 0, answers: [])
    for _ in 0..<2 {
      let message = try subject.ask("www.example.", .a) {
        $0.udpSize = 1232
        $0.options = [(8, [0, isV6 ? 2 : 1, UInt8(length), 0] + octets)]
      }
      told.scope = Int(message.edns?.options[8]?[3] ?? 255)
      told.answers.insert(message.answer)
    }
    return told
  }

  /// Other schedules for other classes, with turns and counters that go on.
  @Test func classesCanBeReplaced() throws {
    let folder = TemporaryFolder()
    let zone = try #require(
      ZoneLoader.load(file: folder.write("zone", Self.zone), apex: try DomainName("example.")).zone)
    let served = ServableZone(zone, schedules: Self.schedules(zone), classes: try Self.tree(), workers: 1)
    let publisher = SnapshotPublisher(
      Snapshot(zones: [.loaded(served)], settings: AnswerSettings()), workers: 1)
    var answerer = Answerer(publisher, worker: 0)
    func ask() throws -> [String] {
      var buffer = [UInt8](repeating: 0, count: 4096)
      var length = 0
      let query = QueryMessage(try DomainName("www.example."), .a).octets
      answerer.beginBatch()
      buffer.withUnsafeMutableBytes { octets in
        var response = octets.mutableBytes
        length = query.withUnsafeBytes {
          answerer.answer($0.bytes, from: IPAddress(v4: 0x0901_0203), over: .udp, into: &response)
        }
      }
      answerer.endBatch()
      return try Message(Array(buffer[..<length])).answer
    }
    #expect(try ask() == ["www.example. 30 A 192.0.2.10"])
    let all = try #require(PrefixTree(AddressTable(outside: 1)))
    let next = ServableZone(served, schedules: Self.schedules(zone), classes: all)
    publisher.publish(Snapshot(zones: [.loaded(next)], settings: AnswerSettings()))
    #expect(try ask() == ["www.example. 30 A 192.0.2.12"])
    publisher.publish(Snapshot(zones: [.loaded(served)], settings: AnswerSettings()))
    #expect(try ask() == ["www.example. 30 A 192.0.2.11"])
    let www = try #require(zone.pools.firstIndex { $0.owner.description == "www.example." })
    #expect(next.answersGiven(pool: www) == [1, 1, 1, 0])
  }
}
