import DNSWire
import TestSupport
import Testing
import Zones

@testable import Answering

/// EDNS Client Subnet (RFC 7871).
@Suite struct ClientSubnetTests {
  static let zone = """
    $TTL 60
    @ SOA ns hostmaster 1 7200 900 1209600 300
    @ NS ns
    ns A 192.0.2.1
    www A 192.0.2.10
    www A 192.0.2.11
    www A 192.0.2.12
    www A 192.0.2.13
    _lb.www TXT "steer=hash:client"
    alias CNAME www
    turns A 192.0.2.20
    turns A 192.0.2.21
    _lb.turns TXT "steer=weighted"
    sub NS ns.sub
    ns.sub A 192.0.2.30
    """

  static func subject(_ settings: AnswerSettings = AnswerSettings()) throws -> Subject {
    try Subject(
      [("example.", zone), ("broken.", nil)], settings: settings,
      schedules: { zone in
        zone.pools.map { site in
          EncodedSchedule(
            .addresses(site.addresses), at: site, apex: zone.apex, ttl: 30,
            picking: site.owner.description.hasPrefix("www") ? .clientHash : .cycle,
            answers: site.addresses.indices.map { [$0] }, turns: site.addresses.indices.map { UInt32($0) })
        }
      })
  }

  // MARK: Malformations

  struct Malformation: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let options: [[UInt8]]

    init(_ description: String, _ options: [UInt8]...) {
      testDescription = description
      self.options = options
    }
  }

  static let malformations = [
    Malformation("empty", []),
    Malformation("family cut", [0]),
    Malformation("lengths missing", [0, 1]),
    Malformation("scope missing", [0, 1, 0]),
    Malformation("family 0", [0, 0, 0, 0]),
    Malformation("family 3", [0, 3, 0, 0]),
    Malformation("family 256", [1, 0, 0, 0]),
    Malformation("family 257", [1, 1, 0, 0]),
    Malformation("family 16389 with an address", [64, 5, 8, 0, 10]),
    Malformation("33 bits of IPv4", [0, 1, 33, 0, 192, 0, 2, 1, 0]),
    Malformation("33 bits of IPv4 in 4 octets", [0, 1, 33, 0, 192, 0, 2, 1]),
    Malformation("255 bits of IPv4", [0, 1, 255, 0] + [UInt8](repeating: 0, count: 32)),
    Malformation("129 bits of IPv6", [0, 2, 129, 0] + [UInt8](repeating: 0, count: 17)),
    Malformation("129 bits of IPv6 in 16 octets", [0, 2, 129, 0] + [UInt8](repeating: 0, count: 16)),
    Malformation("no octet for 1 bit", [0, 1, 1, 0]),
    Malformation("one octet too few", [0, 1, 24, 0, 192, 0]),
    Malformation("one octet too many", [0, 1, 24, 0, 192, 0, 2, 0]),
    Malformation("an octet for 0 bits", [0, 1, 0, 0, 0]),
    Malformation("two octets for 8 bits", [0, 2, 8, 0, 0x20, 0]),
    Malformation(
      "all octets of an IPv6 address for 56 bits", [0, 2, 56, 0, 0x20, 1] + [UInt8](repeating: 0, count: 14)),
    Malformation("seven octets for 57 bits", [0, 2, 57, 0, 0x20, 1, 0x0d, 0xb8, 0, 0, 0]),
    Malformation("the last bit of the octet set beyond 23 bits", [0, 1, 23, 0, 192, 0, 3]),
    Malformation("a bit set beyond 1 bit", [0, 1, 1, 0, 192]),
    Malformation("a bit set beyond 31 bits", [0, 1, 31, 0, 192, 0, 2, 1]),
    Malformation("a bit set beyond 63 bits of IPv6", [0, 2, 63, 0, 0x20, 1, 0x0d, 0xb8, 0, 0, 0, 1]),
    Malformation("a bit set beyond 65 bits of IPv6", [0, 2, 65, 0, 0x20, 1, 0x0d, 0xb8, 0, 0, 0, 0, 0xc0]),
    Malformation(
      "a bit set beyond 127 bits of IPv6", [0, 2, 127, 0] + [UInt8](repeating: 0, count: 15) + [1]),
    Malformation("a scope", [0, 1, 24, 24, 192, 0, 2]),
    Malformation("a scope without an address", [0, 1, 0, 1]),
    Malformation("twice the same", [0, 1, 24, 0, 192, 0, 2], [0, 1, 24, 0, 192, 0, 2]),
    Malformation("twice, once without an address", [0, 1, 0, 0], [0, 1, 24, 0, 192, 0, 2]),
    Malformation("one right, one wrong", [0, 1, 24, 0, 192, 0, 2], [0, 1, 24, 0, 192, 0]),
  ]

  @Test(arguments: malformations, [TransportKind.udp, .tcp])
  func malformation(_ malformation: Malformation, _ transport: TransportKind) throws {
    var subject = try Self.subject()
    let message = try subject.ask("www.example.", .a, over: transport) {
      $0.udpSize = 1232
      $0.options = malformation.options.map { (8, $0) }
    }
    #expect(message.header == "FORMERR")
    #expect(message.questionCount == 1 && message.answer.isEmpty)
    #expect(message.edns?.options == [:])
    // The worker goes on.
    #expect(try subject.ask("ns.example.", .a).header == "NOERROR aa")
  }

  @Test(arguments: malformations) func malformationsDoNotMatterWhereTheOptionIsIgnored(
    _ malformation: Malformation
  ) throws {
    var settings = AnswerSettings()
    settings.heedsSubnet = false
    var subject = try Self.subject(settings)
    let message = try subject.ask("www.example.", .a) {
      $0.udpSize = 1232
      $0.options = malformation.options.map { (8, $0) }
    }
    #expect(message.header == "NOERROR aa")
    #expect(message.edns?.options == [:])
  }

  @Test func otherVersionsHaveOtherOptions() throws {
    var subject = try Self.subject()
    for option in [[0, 1, 33, 0], [0, 1, 24, 0, 192, 0, 2]] as [[UInt8]] {
      let message = try subject.ask("www.example.", .a) {
        $0.udpSize = 1232
        $0.version = 1
        $0.options = [(8, option)]
      }
      #expect(message.rcode == 16)
      #expect(message.edns?.options == [:])
    }
  }

  // MARK: What goes back

  static let wellFormed: [[UInt8]] = [
    [0, 1, 0, 0], [0, 2, 0, 0], [0, 1, 1, 0, 128], [0, 1, 8, 0, 10], [0, 1, 20, 0, 192, 0, 0xf0],
    [0, 1, 24, 0, 192, 0, 2], [0, 1, 32, 0, 255, 255, 255, 255], [0, 2, 1, 0, 0x80],
    [0, 2, 56, 0, 0x20, 1, 0x0d, 0xb8, 0, 0, 0], [0, 2, 64, 0, 0x20, 1, 0x0d, 0xb8, 0, 0, 0, 1],
    [0, 2, 65, 0, 0x20, 1, 0x0d, 0xb8, 0, 0, 0, 1, 0x80],
    [0, 2, 128, 0] + [UInt8](repeating: 0xff, count: 16),
  ]

  /// Whatever does not depend on the client is for all clients.
  @Test(arguments: [
    ("ns.example.", RRType.a, "NOERROR aa"), ("turns.example.", .a, "NOERROR aa"),
    ("ns.example.", .aaaa, "NOERROR aa"), ("www.example.", .txt, "NOERROR aa"),
    ("none.example.", .a, "NXDOMAIN aa"),
    ("x.sub.example.", .a, "NOERROR"), ("x.test.", .a, "REFUSED"), ("broken.", .a, "SERVFAIL"),
  ])
  func scopeIsZero(_ name: String, _ type: RRType, _ header: String) throws {
    var subject = try Self.subject()
    for option in Self.wellFormed {
      for transport in [TransportKind.udp, .tcp] {
        let message = try subject.ask(name, type, over: transport) {
          $0.udpSize = 1232
          $0.options = [(8, option)]
        }
        #expect(message.header == header)
        #expect(message.edns?.options[8] == option)
      }
      #expect(try subject.ask(name, type) { $0.udpSize = 1232 }.edns?.options[8] == nil)
    }
  }

  @Test func theOptionStandsWithOthers() throws {
    var settings = AnswerSettings()
    settings.nsid = Array("fra-1".utf8)
    var subject = try Self.subject(settings)
    let message = try subject.ask("x.test.", .a) {
      $0.udpSize = 1232
      $0.options = [(3, []), (8, [0, 1, 8, 0, 10]), (10, [1, 2, 3, 4, 5, 6, 7, 8])]
    }
    #expect(message.edns?.options == [3: Array("fra-1".utf8), 8: [0, 1, 8, 0, 10], 15: [0, 20]])
  }

  /// Room is kept for the option, also beside the longest name, identifier and error.
  @Test(arguments: [UInt16(512), 1232]) func roomForTheOption(_ udpSize: UInt16) throws {
    var settings = AnswerSettings()
    settings.nsid = [UInt8](repeating: 0x6e, count: 255)
    var subject = try Self.subject(settings)
    let option: [UInt8] = [0, 2, 128, 0] + [UInt8](repeating: 0xff, count: 16)
    for length in 1...59 {
      for apex in ["example.", "test.", "broken."] {
        let name = String(repeating: "\(String(repeating: "n", count: length)).", count: 4) + apex
        var query = QueryMessage(try DomainName(name), .a)
        query.udpSize = udpSize
        query.options = [(3, []), (8, option)]
        let octets = subject.respond(to: query.octets)
        #expect(octets.count <= udpSize)
        #expect(try Message(octets).edns?.options[8] == option)
      }
    }
  }

  // MARK: Whose answer it is

  /// Clients of a sticky pool, as the option has them or as the resolver, and the scope of their answers.
  @Test(
    arguments: [
      ([0, 1, 24, 0, 203, 0, 113], "203.0.113.77", 24), ([0, 1, 32, 0, 203, 0, 113, 5], "203.0.113.77", 24),
      // Of a wider network it is the answer of the first address, which does not hold for all.
      ([0, 1, 16, 0, 203, 0], "203.0.0.1", 24), ([0, 1, 1, 0, 128], "128.0.0.0", 24),
      ([0, 2, 56, 0, 0x20, 1, 0x0d, 0xb8, 0, 1, 2], "2001:db8:1:2ff::1", 56),
      ([0, 2, 32, 0, 0x20, 1, 0x0d, 0xb8], "2001:db8::1", 56),
      ([0, 2, 64, 0, 0x20, 1, 0x0d, 0xb8, 0, 1, 2, 0xff], "2001:db8:1:2ff::1", 56),
      // IPv4-mapped and translated addresses are IPv4 ones.
      ([0, 2, 120, 0] + [UInt8](repeating: 0, count: 10) + [0xff, 0xff, 203, 0, 113], "203.0.113.77", 120),
      ([0, 2, 128, 0, 0, 0x64, 0xff, 0x9b, 0, 0, 0, 0, 0, 0, 0, 0, 203, 0, 113, 5], "203.0.113.77", 120),
      (
        [0, 2, 120, 0, 0, 0x64, 0xff, 0x9b, 0, 0, 0, 0, 0, 0, 0, 0, 203, 0, 113], "64:ff9b::203.0.113.9", 120
      ),
      // What shares 56 bits with them is not.
      ([0, 2, 128, 0] + [UInt8](repeating: 0, count: 15) + [1], "::1", 128),
    ] as [([UInt8], String, UInt8)])
  func stickyClients(_ option: [UInt8], _ resolver: String, _ scope: UInt8) throws {
    var subject = try Self.subject()
    for name in ["www.example.", "alias.example."] {
      let told = try subject.ask(name, .a) {
        $0.udpSize = 1232
        $0.options = [(8, option)]
      }
      let own = try subject.ask(name, .a, from: resolver)
      #expect(told.answer == own.answer)
      var expected = option
      expected[3] = scope
      #expect(told.edns?.options[8] == expected)
    }
  }

  /// A source length of 0 has the resolver answered, which is no matter of scope; so has an option that is ignored.
  @Test func theResolverIsAnsweredWhereNoClientIsTold() throws {
    var settings = AnswerSettings()
    for isHeeded in [true, false] {
      settings.heedsSubnet = isHeeded
      var subject = try Self.subject(settings)
      for index in 0..<50 {
        let resolver = "203.0.\(index).1"
        let own = try subject.ask("www.example.", .a, from: resolver)
        let told = try subject.ask("www.example.", .a, from: resolver) {
          $0.udpSize = 1232
          $0.options = [(8, isHeeded ? [0, 2, 0, 0] : [0, 1, 8, 0, 10])]
        }
        #expect(told.answer == own.answer)
        #expect(told.edns?.options[8] == (isHeeded ? [0, 2, 0, 0] : nil))
      }
    }
  }

  /// Any octets at all: what is malformed by the RFC gets FORMERR, all else comes back with a scope.
  @Test func randomOptions() throws {
    var random = SplitMix64.random()
    print("seed \(random.seed)")
    var subject = try Self.subject()
    var rejected = 0
    for _ in 0..<20_000 {
      let family = UInt8.random(in: 0...3, using: &random)
      let source = UInt8.random(in: 0...(Bool.random(using: &random) ? 40 : 140), using: &random)
      let scope = UInt8.random(in: 0..<8, using: &random) / 7
      let count = (Int(source) + 7) / 8 + Int.random(in: 0..<8, using: &random) / 7
      var address = (0..<count).map { _ in UInt8.random(in: 0...255, using: &random) }
      if Bool.random(using: &random), count > 0 {
        address[count - 1] &= 0xff << UInt8(count * 8 - Int(source) & 7)
      }
      let option = [0, family, source, scope] + address
      let bits = address.flatMap { octet in (0..<8).map { octet >> (7 - $0) & 1 } }
      let isRight =
        (family == 1 && source <= 32 || family == 2 && source <= 128) && scope == 0
        && count == (Int(source) + 7) / 8 && !bits.dropFirst(Int(source)).contains(1)
      let message = try subject.ask("www.example.", .a) {
        $0.udpSize = 1232
        $0.options = [(8, option)]
      }
      let seed = random.seed
      #expect(message.header == (isRight ? "NOERROR aa" : "FORMERR"), "seed \(seed): \(option)")
      let echoed = message.edns?.options[8].map { $0[..<3] + [0] + $0[4...] }
      #expect(echoed.map(Array.init) == (isRight ? option : nil), "seed \(seed): \(option)")
      if !isRight { rejected += 1 }
    }
    #expect(rejected > 1000 && rejected < 19_000)
  }
}
