import DNSWire
import TestSupport
import Testing
import Zones

@testable import Answering

/// What is known ahead of a batch's queries. That answers do not depend on it is what all other tests show, as they have
/// each query foreseen.
@Suite struct ForesightTests {
  private static let small = "@ 60 SOA ns h 1 2 1 9 3\n@ 60 NS ns\nns 60 A 192.0.2.1\n"
  private static let large = small + "$GENERATE 1-3000 host$ 60 A 192.0.2.2\n"
  private static let client = IPAddress(v4: 0x7f00_0001)

  @Test func onlyLargeZonesAndManyPoolsAreForeseen() throws {
    for (text, cachedPools, isForeseen) in [
      (Self.small, 0, false), (Self.large, 0, true), (Self.pools(9), 9, false), (Self.pools(9), 8, true),
    ] {
      var subject = try Subject(
        [("example.", text)], cachedSize: 1 << 17, cachedPools: cachedPools, schedules: { Self.schedules($0) }
      )
      let betweenBatches = subject.answerer.wantsForesight
      subject.answerer.beginBatch()
      let withinBatch = subject.answerer.wantsForesight
      subject.answerer.endBatch()
      #expect(!betweenBatches && withinBatch == isForeseen, "\(text.utf8.count) octets, \(cachedPools)")
    }
  }

  private static func isForeseen(_ subject: borrowing Subject, at index: Int) -> Bool {
    subject.answerer.foreseenEntry(at: index) != nil
  }

  @Test(arguments: [
    ("host7.example.", true), ("none.example.", true), ("example.", true), ("example.org.", false),
    ("broken.", false),
  ])
  func namesOfZonesAreForeseen(_ name: String, _ isForeseen: Bool) throws {
    var subject = try Subject([("example.", Self.large), ("broken.", nil)])
    subject.answerer.beginBatch()
    defer { subject.answerer.endBatch() }
    // A query that comes to nothing takes nothing over from the one that was in its place.
    for query in [try DomainName("host1.example."), try DomainName(name)] {
      QueryMessage(query, .a).octets.withUnsafeBytes { _ = subject.answerer.foresee($0.bytes, at: 15) }
    }
    let found = Self.isForeseen(subject, at: 15)
    #expect(found == isForeseen)
    // Beyond the most nothing is, and nothing is written.
    QueryMessage(try DomainName(name), .a).octets.withUnsafeBytes {
      _ = subject.answerer.foresee($0.bytes, at: 16)
    }
    _ = subject.answerer.foreseeNodes(17)
    let isBeyond = Self.isForeseen(subject, at: 16)
    #expect(!isBeyond)
  }

  @Test func rubbishIsNotForeseen() throws {
    var subject = try Subject([("example.", Self.large)])
    subject.answerer.beginBatch()
    defer { subject.answerer.endBatch() }
    let query = QueryMessage(try DomainName("host7.example."), .a).octets
    for length in 0..<(12 + 15 + 2) {
      query.withUnsafeBytes { _ = subject.answerer.foresee($0.bytes, at: 0) }
      let before = Self.isForeseen(subject, at: 0)
      Array(query[..<length]).withUnsafeBytes { _ = subject.answerer.foresee($0.bytes, at: 0) }
      let after = Self.isForeseen(subject, at: 0)
      #expect(before && !after, "\(length) octets")
    }
  }

  /// A zone of `count` pools of four addresses each.
  private static func pools(_ count: Int) -> String {
    (0..<count).reduce(into: small) { text, pool in
      for member in 0..<4 { text += "p\(pool) 60 A 10.\(member).\(pool / 256).\(pool % 256)\n" }
      text += "_lb.p\(pool) TXT \"steer=weighted\"\n"
    }
  }

  private static func schedules(
    _ zone: CompiledZone, _ picking: ScheduleView.Picking = .cycle, _ turns: [UInt32] = [0]
  ) -> [EncodedSchedule] {
    zone.pools.map {
      EncodedSchedule(
        .addresses($0.addresses), at: $0, apex: zone.apex, ttl: 30, picking: picking,
        answers: turns.isEmpty ? [] : [[0], [1], [2], [3]], turns: turns)
    }
  }

  /// Asks for pools in groups of 16.
  ///
  /// - Returns: of how many queries the turn was foreseen, and of how many it was the one that was answered.
  private static func foreseen(
    cached: Int = 0, picking: ScheduleView.Picking, turns: [UInt32] = [0, 1, 2, 0, 3, 1, 0]
  ) throws -> (turns: Int, hits: Int) {
    var subject = try Subject(
      [("example.", Self.pools(1_000))], cachedPools: cached,
      schedules: { Self.schedules($0, picking, turns) })
    var buffer = [UInt8](repeating: 0, count: 4096)
    var sums = (turns: 0, hits: 0)
    for group in 0..<20 {
      let queries = try (0..<16).map {
        QueryMessage(try DomainName("p\((group * 16 + $0) % 64).example."), .a).octets
      }
      subject.answerer.beginBatch()
      for (index, query) in queries.enumerated() {
        query.withUnsafeBytes { _ = subject.answerer.foresee($0.bytes, at: index) }
      }
      if subject.answerer.foreseeNodes(16), subject.answerer.foreseePools(16) {
        for index in 0..<16 { subject.answerer.foreseeTurn(at: index, from: client) }
        subject.answerer.foreseeChoices(16)
      }
      for (index, query) in queries.enumerated() {
        let foreseen = subject.answerer.foreseenTurn(at: index)
        var length = 0
        buffer.withUnsafeMutableBytes { octets in
          var response = octets.mutableBytes
          length = query.withUnsafeBytes {
            subject.answerer.answer($0.bytes, from: client, over: .udp, into: &response)
          }
        }
        guard let (schedule, turn) = foreseen else { continue }
        sums.turns += 1
        // The second octet of the address is the member.
        if length > 3, Int(buffer[length - 3]) == schedule.answer(at: turn).firstMember { sums.hits += 1 }
      }
      subject.answerer.endBatch()
    }
    return sums
  }

  @Test(arguments: [ScheduleView.Picking.cycle, .random, .clientHash])
  func turnsOfPoolsAreForeseen(_ picking: ScheduleView.Picking) throws {
    let sums = try Self.foreseen(picking: picking)
    #expect(sums == (320, 320))
  }

  @Test func turnsThatCannotBeForeseenAreNot() throws {
    let byName = try Self.foreseen(picking: .nameHash)
    #expect(byName.turns == 0)
    let none = try Self.foreseen(picking: .cycle, turns: [])
    #expect(none.turns == 0)
    // Few are in the cache anyway.
    let few = try Self.foreseen(cached: 1_000, picking: .cycle)
    #expect(few.turns == 0)
  }
}
