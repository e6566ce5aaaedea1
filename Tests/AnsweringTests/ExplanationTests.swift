import DNSWire
import TestSupport
import Testing

@testable import Answering
@testable import Zones

/// Which queries are left to be explained, and to whom.
@Suite struct ExplanationTests {
  private static let zones: [(apex: String, text: String?)] = [
    (
      "example.",
      """
      $TTL 60
      @ SOA ns hostmaster 1 7200 900 1209600 300
      @ NS ns
      ns A 192.0.2.1
      """
    ), ("broken.example.", nil),
  ]

  private static func settings(_ networks: String...) throws -> AnswerSettings {
    var settings = AnswerSettings()
    settings.version = Array("swiftlet".utf8)
    settings.explainFrom = try networks.map { try IPNetwork($0) }
    return settings
  }

  @Test(arguments: [
    ("ns.example.", RRType.txt, RRClass.chaos, true, "SERVFAIL"),
    ("NS.Example.", .any, .chaos, true, "SERVFAIL"),
    ("missing.example.", .txt, .chaos, true, "SERVFAIL"),
    ("x.broken.example.", .txt, .chaos, true, "SERVFAIL"),
    ("ns.example.", .a, .chaos, false, "REFUSED"),
    ("ns.elsewhere.", .txt, .chaos, false, "REFUSED"),
    ("version.bind.", .txt, .chaos, false, "NOERROR aa"),
    ("id.server.", .txt, .chaos, false, "REFUSED"),
    ("ns.example.", .txt, .internet, false, "NOERROR aa"),
    ("ns.example.", .txt, .any, false, "NOERROR"),
    ("ns.example.", .txt, RRClass(rawValue: 4), false, "REFUSED"),
  ])
  func whatIsExplained(
    _ name: String, _ type: RRType, _ rrClass: RRClass, _ isExplained: Bool, _ header: String
  ) throws {
    var subject = try Subject(Self.zones, settings: try Self.settings("127.0.0.0/8"))
    for transport in [TransportKind.udp, .tcp] {
      let message = try subject.ask(name, type, over: transport) { $0.rrClass = rrClass }
      let wantsExplanation = subject.wantsExplanation
      #expect(wantsExplanation == isExplained)
      #expect(message.header == header)
      #expect(message.questionCount == 1)
    }
    // The next query has nothing to do with it.
    _ = try subject.ask("ns.example.", .a)
    let wantsExplanation = subject.wantsExplanation
    #expect(!wantsExplanation)
  }

  @Test func aWrongQueryIsNotExplained() throws {
    var subject = try Subject(Self.zones, settings: try Self.settings("127.0.0.0/8"))
    for (change, header) in [
      ({ $0.version = 1 }, "RCODE16"), ({ $0.flags = 0x2000 }, "NOTIMP"),
    ] as [((inout QueryMessage) -> Void, String)] {
      let message = try subject.ask("ns.example.", .txt) {
        $0.rrClass = .chaos
        $0.udpSize = 1232
        change(&$0)
      }
      #expect(message.header == header)
      let wantsExplanation = subject.wantsExplanation
      #expect(!wantsExplanation)
    }
  }

  @Test(
    arguments: [
      ([], "127.0.0.1", false), (["127.0.0.1"], "127.0.0.1", true), (["127.0.0.1"], "127.0.0.2", false),
      (["192.0.2.0/24"], "192.0.2.255", true), (["192.0.2.0/24"], "192.0.3.0", false),
      (["0.0.0.0/0"], "203.0.113.9", true), (["0.0.0.0/0"], "2001:db8::1", false),
      (["::/0"], "2001:db8::1", true), (["::/0"], "192.0.2.1", false), (["::1"], "::1", true),
      (["::1"], "0.0.0.1", false), (["2001:db8::/33"], "2001:db8:7fff::1", true),
      (["2001:db8::/33"], "2001:db8:8000::1", false), (["2001:db8::/120"], "2001:db8::ff", true),
      (["2001:db8::/120"], "2001:db8::100", false),
      (["192.0.2.1", "198.51.100.0/25", "2001:db8::1"], "198.51.100.127", true),
      (["192.0.2.1", "198.51.100.0/25", "2001:db8::1"], "198.51.100.128", false),
    ] as [([String], String, Bool)])
  func whoMayAsk(_ networks: [String], _ client: String, _ isExplained: Bool) throws {
    var settings = AnswerSettings()
    settings.explainFrom = try networks.map { try IPNetwork($0) }
    var subject = try Subject(Self.zones, settings: settings)
    let message = try subject.ask("ns.example.", .txt, from: client) {
      $0.rrClass = .chaos
    }
    let wantsExplanation = subject.wantsExplanation
    #expect(wantsExplanation == isExplained)
    #expect(message.header == (isExplained ? "SERVFAIL" : "REFUSED"))
  }

  /// What a query says of whom it is for is no proof of who sent it.
  @Test func aClientSubnetLetsNobodyIn() throws {
    for (client, isExplained) in [("192.0.2.1", false), ("127.0.0.1", true)] {
      var subject = try Subject(Self.zones, settings: try Self.settings("127.0.0.0/8"))
      _ = try subject.ask("ns.example.", .txt, from: client) {
        $0.rrClass = .chaos
        $0.udpSize = 1232
        $0.options = [(8, isExplained ? [0, 1, 24, 0, 192, 0, 2] : [0, 1, 32, 0, 127, 0, 0, 1])]
      }
      let wantsExplanation = subject.wantsExplanation
      #expect(wantsExplanation == isExplained)
    }
  }

  @Test func explanationsAreCountedOnTheirOwn() throws {
    var subject = try Subject(Self.zones, settings: try Self.settings("127.0.0.1"))
    _ = try subject.ask("ns.example.", .txt) { $0.rrClass = .chaos }
    let counts = Dictionary(uniqueKeysWithValues: subject.publisher.totals().all.map { ($0.name, $0.count) })
    #expect(counts.filter { $0.value > 0 } == ["chaos": 1, "explanation": 1])
  }

  /// Against the bits compared one by one.
  @Test func networksContainWhatBeginsAsTheyDo() {
    var random = SplitMix64.random()
    func bits(_ address: IPAddress) -> [UInt64] {
      let all = (0..<128).map { (($0 < 64 ? address.high : address.low) >> UInt64(63 - $0 % 64)) & 1 }
      return address.family == .v4 ? Array(all.suffix(32)) : all
    }
    func address(near other: IPAddress?) -> IPAddress {
      if Bool.random(using: &random) {
        let base = other?.family == .v4 ? UInt32(other?.low ?? 0) : random.next()
        return IPAddress(v4: base ^ 1 << UInt32.random(in: 0...40, using: &random))
      }
      let shift = UInt64.random(in: 0...64, using: &random)
      let isUpper = Bool.random(using: &random)
      return IPAddress(
        v6High: (other?.high ?? random.next()) ^ (isUpper ? 1 << shift : 0),
        low: (other?.low ?? random.next()) ^ (isUpper ? 0 : 1 << shift))
    }
    for _ in 0..<2_000 {
      let networks = (0..<3).map { _ in
        let base = address(near: nil)
        return IPNetwork(base, length: Int.random(in: 0...base.family.bitCount, using: &random))
      }
      let client = address(near: networks[1].address)
      let expected = networks.contains { network in
        network.address.family == client.family
          && bits(network.address).prefix(network.length) == bits(client).prefix(network.length)
      }
      let encoded = NetworkTable.encode(networks)
      let isContained = encoded.withUnsafeBytes { octets in
        NetworkTable(ArenaView(base: octets.baseAddress!, count: octets.count)).contains(client)
      }
      #expect(isContained == expected, "seed \(random.seed): \(client) in \(networks)")
    }
  }
}
