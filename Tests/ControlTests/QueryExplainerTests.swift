import Answering
import DNSWire
import Steering
import TestSupport
import Testing
import Transport

@testable import Control

/// What queries for explanations are told.
@Suite struct QueryExplainerTests {
  private static let zone = """
    \(ZoneText.head)
    www IN A 192.0.2.10
    www IN A 192.0.2.11
    _lb.www IN TXT "member=192.0.2.10" "weight=2"
    last IN A 192.0.2.10
    last IN A 192.0.2.11
    _lb.last IN TXT "steer=up,weighted check=web fail=last"
    web._check IN TXT "type=tcp port=80"
    *.s IN A 192.0.2.20
    *.s IN A 192.0.2.21
    _lb.*.s IN TXT "steer=hash:client"
    sub IN NS ns.sub
    ns.sub IN A 192.0.2.54

    """

  private let generation: ServedGeneration
  private let explainer: QueryExplainer

  init() throws {
    let folder = TemporaryFolder()
    folder.write("example.com.zone", Self.zone)
    folder.write("broken.example.com.zone", ZoneText.broken)
    var table = ZoneTable(workers: 1)
    for file in try ZoneFolder.scan(folder.path).files { _ = table.apply(ZoneAttempt(reading: file)) }
    generation = ServedGeneration(
      ServedGeneration.Value(zones: table) { zone, number in Self.facts(of: number, in: zone) })
    explainer = QueryExplainer(generation: generation, settings: AnswerSettings())
  }

  /// Nothing is known, and no member will flip.
  private static func facts(of number: Int, in zone: LiveZone) -> PoolFacts {
    PoolFacts(
      inputs: zone.steered.pools[number].members.map { _ in MemberInput() }, horizon: .known(nil))
  }

  private func ask(
    _ name: String, subnet: [UInt8]? = nil, from client: String = "127.0.0.1"
  ) throws -> Message {
    var query = QueryMessage(try DomainName(name), .txt)
    query.rrClass = .chaos
    query.udpSize = 1232
    if let subnet { query.options = [(8, subnet)] }
    let request = ExplanationRequest(
      message: query.octets, client: try #require(IPAddress(client)), transport: .tcp)
    return try Message(explainer.respond(to: request))
  }

  /// The lines, without their numbers.
  private func lines(_ name: String, subnet: [UInt8]? = nil, from client: String = "127.0.0.1") throws
    -> [String]
  {
    try ask(name, subnet: subnet, from: client).answer.map {
      String($0.split(separator: "\"")[1].dropFirst(3))
    }
  }

  @Test func saysWhatExplainSays() throws {
    #expect(
      try lines("www.example.com.") == [
        "client 127.0.0.1 (who asks)",
        "www.example.com. A: policy _lb.www.example.com. steer=up,tier,weighted, TTL 60",
        "  member      weight  tier  state    share",
        "  192.0.2.10       2     1  unknown    2/3  66.67%",
        "  192.0.2.11       1     1  unknown    1/3  33.33%",
        "up: leaves 2", "tier: leaves 2, tier 1", "weighted: leaves 2",
        "answers, turn by turn, again after 3, whoever asks:", "  192.0.2.10", "  192.0.2.11", "  192.0.2.10",
      ])
  }

  @Test func theClientSubnetIsHeeded() throws {
    var members: Set<Substring> = []
    for octet in 0..<20 as Range<UInt8> {
      let subnet = [0, 1, 24, 0, 198, 51, octet]
      let direct = try lines("x.s.example.com.", from: "198.51.\(octet).7")
      let relayed = try lines("x.s.example.com.", subnet: subnet)
      #expect(direct.first == "client 198.51.\(octet).7 (who asks)")
      #expect(relayed.first == "client 198.51.\(octet).0/24 (client subnet)")
      let member = try #require(direct.last?.split(separator: " ").last)
      #expect(direct.last == "  198.51.\(octet).7: \(member)")
      #expect(relayed.last == "  198.51.\(octet).0/24: \(member)")
      members.insert(member)
      // One that does not want to say where it is is taken for who asks.
      #expect(try lines("x.s.example.com.", subnet: [0, 1, 0, 0], from: "198.51.\(octet).7") == direct)
    }
    #expect(members == ["192.0.2.20", "192.0.2.21"])
    let message = try ask("x.s.example.com.", subnet: [0, 1, 24, 0, 198, 51, 100])
    #expect(message.edns?.options == [8: [0, 1, 24, 24, 198, 51, 100]])
  }

  @Test func membersAreAsKnownAtPresent() throws {
    generation.value.facts = { zone, number in
      var facts = Self.facts(of: number, in: zone)
      facts.inputs[0].state = .down
      return facts
    }
    let lines = try lines("www.example.com.")
    #expect(lines.contains("  drops 192.0.2.10: it is down"))
    #expect(lines.last == "  192.0.2.11")
  }

  @Test func ordersAreTold() throws {
    generation.value.facts = { zone, number in
      var facts = Self.facts(of: number, in: zone)
      facts.inputs[0].state = .down
      facts.inputs[1].weightFactor = 0
      facts.orders = [[OrderStatus("down", since: 0)], [OrderStatus("drain", since: 0)]]
      return facts
    }
    let lines = try lines("www.example.com.")
    #expect(
      lines.filter { $0.contains("192.0.2.10 ") }
        == ["  192.0.2.10       2     1  down       100%  down     0/1    0.00%"])
    #expect(lines.contains("  drops 192.0.2.10: it is down by order (down)"))
  }

  @Test func theTTLIsThatInForce() throws {
    generation.value.facts = { zone, number in
      var facts = Self.facts(of: number, in: zone)
      facts.horizon = .known(.seconds(40))
      return facts
    }
    #expect(try lines("www.example.com.")[1].hasSuffix(", TTL 40"))
  }

  @Test func whoWasAnsweredLastIsKnown() throws {
    generation.value.facts = { zone, number in
      var facts = Self.facts(of: number, in: zone)
      for index in facts.inputs.indices { facts.inputs[index].state = .down }
      facts.last = [.address(IPAddress(v4: 0xc000_020b))]
      return facts
    }
    let lines = try lines("last.example.com.")
    #expect(lines.contains("up: leaves 1 (none is left, so fail=last takes those answered last)"))
    #expect(lines.last == "  192.0.2.11")
  }

  @Test(arguments: [
    ("ns1.example.com.", "ns1.example.com. A: no policy; its one address is answered"),
    ("no.example.com.", "no.example.com. does not exist in zone example.com. (NXDOMAIN)"),
    ("x.sub.example.com.", "x.sub.example.com. is delegated: other servers answer for it"),
    (
      "x.broken.example.com.", "zone broken.example.com. has errors, so it answers SERVFAIL"
    ),
  ])
  func namesWithoutPolicy(_ name: String, _ line: String) throws {
    #expect(try ask(name).header == "NOERROR aa")
    #expect(try lines(name) == [line])
  }

  @Test func namesOfNoZoneAreRefused() throws {
    let message = try ask("www.example.org.")
    #expect(message.header == "REFUSED")
    #expect(message.edns?.options == [15: [0, 20]])
  }

  @Test func malformedOptionsAreRejected() throws {
    let message = try ask("www.example.com.", subnet: [0, 1, 24, 0, 198])
    #expect(message.header == "FORMERR")
    #expect(message.question == "www.example.com. 16 3")
    #expect(message.edns?.options == [:])
  }

  /// Whatever comes, the response is well-formed, of a proper size, and goes with the query.
  @Test func survivesAnyOctets() throws {
    var random = SplitMix64.random()
    var seeds: [[UInt8]] = []
    for (name, options) in [
      ("www.example.com.", []), ("x.s.example.com.", [(3, []), (8, [0, 1, 24, 0, 198, 51, 100])]),
      ("www.example.org.", [(8, [0, 2, 56, 0, 0x20, 1, 0x0d, 0xb8, 0, 1, 2])]),
    ] as [(String, [(code: UInt16, data: [UInt8])])] {
      var query = QueryMessage(try DomainName(name), .txt)
      query.rrClass = .chaos
      query.udpSize = 1232
      query.options = options
      seeds.append(query.octets)
    }
    for _ in 0..<5_000 {
      var octets = seeds.randomElement(using: &random)!
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        let place = Int.random(in: 0..<max(octets.count, 1), using: &random)
        switch Int.random(in: 0..<4, using: &random) {
        case 0 where !octets.isEmpty: octets[place] = UInt8.random(in: 0...255, using: &random)
        case 1 where !octets.isEmpty: octets[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
        case 2 where !octets.isEmpty: octets.removeSubrange(place...)
        default: octets.insert(UInt8.random(in: 0...255, using: &random), at: min(place, octets.count))
        }
      }
      let transport = Bool.random(using: &random) ? TransportKind.udp : .tcp
      let response = explainer.respond(
        to: ExplanationRequest(message: octets, client: IPAddress(v4: 1), transport: transport))
      if response.isEmpty { continue }
      let note: Comment = "seed \(random.seed): \(octets)"
      let message = try Message(response)
      #expect(Array(response[..<2]) == Array(octets[..<2]), note)
      #expect(message.questionCount == 1, note)
      #expect(octets[12...].starts(with: response[12...].prefix(1)), note)
      #expect([0, 1, 5].contains(message.rcode), note)
      #expect(transport == .tcp || response.count <= 1232, note)
    }
  }
}
