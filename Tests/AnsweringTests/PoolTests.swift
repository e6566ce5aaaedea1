import DNSWire
import TestSupport
import Testing
import Zones

@testable import Answering

/// A pool's answers come from its schedule, and the records that hold policy are seen by no query.
@Suite struct PoolTests {
  static let zone = """
    $TTL 60
    @ SOA ns hostmaster 1 7200 900 1209600 300
    @ NS ns
    ns A 192.0.2.1
    www A 192.0.2.10
    www A 192.0.2.11
    www A 192.0.2.12
    www AAAA 2001:db8::10
    www TXT "beside"
    _lb.www TXT "steer=weighted"
    _lb.cdn 30 TXT "member=one.example.net."
    _lb.*.wild TXT "steer=weighted"
    *.wild A 192.0.2.20
    *.wild A 192.0.2.21
    web._check TXT "type=tcp port=80"
    fra._at LOC 50 06 37 N 8 40 55 E 112m
    alias CNAME www
    mail MX 10 www
    """

  /// Schedules of the zone's pools: `www` A 5/3/2, its AAAA, `cdn`, and the wildcard.
  static func schedules(_ zone: CompiledZone, picking: ScheduleView.Picking = .cycle) throws
    -> [EncodedSchedule]
  {
    try zone.pools.map { site in
      switch (site.owner.description, site.type) {
      case ("www.example.", .a):
        EncodedSchedule(
          .addresses(site.addresses), at: site, apex: zone.apex, ttl: 30, picking: picking,
          answers: [[0], [1], [2]], turns: [0, 1, 0, 2, 0, 1, 0, 0, 1, 2])
      case (_, .cname):
        EncodedSchedule(
          .targets([try DomainName("one.example.net."), try DomainName("www.example.")]), at: site,
          apex: zone.apex,
          ttl: site.ttl, picking: picking, answers: [[0], [1]], turns: [0, 1])
      case ("*.wild.example.", _):
        EncodedSchedule(
          .addresses(site.addresses), at: site, apex: zone.apex, ttl: 5, picking: picking,
          answers: [[1, 0]], turns: [0])
      default:
        EncodedSchedule(
          .addresses(site.addresses), at: site, apex: zone.apex, ttl: 30, picking: picking, answers: [],
          turns: [])
      }
    }
  }

  @Test func weightsAreExactOverACycle() throws {
    var subject = try Subject([("example.", Self.zone)], schedules: { try Self.schedules($0) })
    var counts: [String: Int] = [:]
    for _ in 0..<100 {
      let message = try subject.ask("www.example.", .a)
      #expect(message.header == "NOERROR aa")
      #expect(message.answer.count == 1)
      counts[message.answer[0], default: 0] += 1
    }
    #expect(
      counts == [
        "www.example. 30 A 192.0.2.10": 50, "www.example. 30 A 192.0.2.11": 30,
        "www.example. 30 A 192.0.2.12": 20,
      ])
  }

  @Test func noTurnsAreNODATA() throws {
    var subject = try Subject([("example.", Self.zone)], schedules: { try Self.schedules($0) })
    let message = try subject.ask("www.example.", .aaaa)
    #expect(message.header == "NOERROR aa")
    #expect(message.answer.isEmpty && message.authority.count == 1)
    // Somebody may be answered again before the usual 60 seconds are over.
    #expect(message.authority[0].hasPrefix("example. 30 SOA "))
    #expect(try subject.ask("www.example.", .srv).authority[0].hasPrefix("example. 60 SOA "))
    #expect(try subject.ask("www.example.", .txt).answer == ["www.example. 60 TXT \"beside\""])
  }

  @Test func targetsAreCNAMEsForEveryType() throws {
    var subject = try Subject([("example.", Self.zone)], schedules: { try Self.schedules($0) })
    #expect(try subject.ask("cdn.example.", .a).answer == ["cdn.example. 30 CNAME one.example.net."])
    #expect(
      try subject.ask("cdn.example.", .txt).answer == [
        "cdn.example. 30 CNAME one.example.net."
      ])
  }

  /// Clients that ask for A and AAAA in turns get the targets in turns for either.
  @Test func addressesOfTheFamiliesAndTheRestHaveTurnsOfTheirOwn() throws {
    var subject = try Subject([("example.", Self.zone)], schedules: { try Self.schedules($0) })
    for turn in 0..<4 {
      let target = ["one.example.net.", "www.example."][turn % 2]
      for type in [.a, .aaaa, .txt] as [RRType] {
        #expect(try subject.ask("cdn.example.", type).answer.first == "cdn.example. 30 CNAME \(target)")
      }
    }
  }

  @Test func wildcardsAndAliasesLeadToPools() throws {
    var subject = try Subject([("example.", Self.zone)], schedules: { try Self.schedules($0) })
    for _ in 0..<2 {
      #expect(
        try subject.ask("x.wild.example.", .a).answer == [
          "x.wild.example. 5 A 192.0.2.21", "x.wild.example. 5 A 192.0.2.20",
        ])
    }
    #expect(
      try subject.ask("alias.example.", .a).answer == [
        "alias.example. 60 CNAME www.example.", "www.example. 30 A 192.0.2.10",
      ])
  }

  @Test func whatIsSteeredIsNotAdded() throws {
    var subject = try Subject([("example.", Self.zone)], schedules: { try Self.schedules($0) })
    #expect(try subject.ask("mail.example.", .mx).additional.isEmpty)
  }

  @Test(arguments: [
    "_lb.www.example.", "_lb.cdn.example.", "web._check.example.", "_check.example.", "fra._at.example.",
    "_at.example.",
  ])
  func policyIsNotSeen(_ name: String) throws {
    var subject = try Subject([("example.", Self.zone)], schedules: { try Self.schedules($0) })
    for type in [RRType.txt, .any, RRType(rawValue: 29)] {
      #expect(try subject.ask(name, type).header == "NXDOMAIN aa")
    }
  }

  @Test func randomAndStickyTurns() throws {
    var random = try Subject(
      [("example.", Self.zone)], schedules: { try Self.schedules($0, picking: .random) })
    let seen = try Set((0..<200).map { _ in try random.ask("www.example.", .a).answer[0] })
    #expect(seen.count == 3)
    for picking in [ScheduleView.Picking.clientHash, .nameHash] {
      var sticky = try Subject(
        [("example.", Self.zone)], schedules: { try Self.schedules($0, picking: picking) })
      let seen = try Set((0..<20).map { _ in try sticky.ask("www.example.", .a).answer[0] })
      #expect(seen.count == 1)
    }
  }

  /// So many that a turn does not tell them in one octet, and of different lengths.
  @Test func manyAnswers() throws {
    var subject = try Subject([("example.", PoolZone.text)], schedules: { try PoolZone.schedules($0) })
    let zone = subject.zones[0]
    let pool = try PoolZone.pool("long", in: zone.compiled)
    let site = zone.compiled.pools[pool]
    let answers = (0..<400).map { number in (0...number / 100).map { (number + $0) % 100 } }
    let schedule = EncodedSchedule(
      .addresses(site.addresses), at: site, apex: zone.compiled.apex, ttl: 60, picking: .cycle,
      answers: answers, turns: (0..<400).reversed())
    subject.publisher.replace([(zone, pool, schedule)])
    for answer in answers.reversed() {
      let expected = answer.map { "long.example. 60 A 198.51.100.\($0 + 1)" }
      #expect(try subject.ask("long.example.", .a).answer == expected)
    }
    #expect(zone.answersGiven(pool: pool) == Array(repeating: 4, count: 100))
  }
}
