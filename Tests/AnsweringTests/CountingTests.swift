import DNSWire
import TestSupport
import Testing
import Zones

@testable import Answering

/// Queries are counted by what they ask for, each once.
@Suite struct CountingTests {
  private static let text =
    "@ 60 IN SOA ns hostmaster 1 3600 600 604800 60\n@ 60 IN NS ns\nns 60 IN A 192.0.2.1\n"

  private static func counts(_ publisher: SnapshotPublisher) -> [String: UInt64] {
    Dictionary(uniqueKeysWithValues: publisher.zoneTotals().map { ("\($0.key)", $0.value) }).filter {
      $0.value > 0
    }
  }

  @Test func byTypeZoneAndCode() throws {
    var subject = try Subject([
      ("one.example.", Self.text), ("Two.example.", Self.text), ("broken.example.", nil),
    ])
    for _ in 0..<3 { _ = try subject.ask("ns.one.example.", .a) }
    _ = try subject.ask("nothing.TWO.example.", .aaaa)
    _ = try subject.ask("ns.broken.example.", .txt)
    _ = try subject.ask("elsewhere.example.", RRType(rawValue: 257))
    _ = try subject.ask("ns.one.example.", RRType(rawValue: 65_280))
    // A response is none of a query.
    #expect(subject.respond(to: [0, 1, 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0]).isEmpty)
    let totals = subject.publisher.totals()
    #expect(totals.answered == 7)
    #expect(totals.ignored == 1)
    #expect(totals.queries(for: .a) == 3)
    #expect(totals.queries(for: .aaaa) == 1)
    #expect(totals.queries(for: RRType(rawValue: 257)) == 1)
    #expect(totals.queries(for: RRType(rawValue: 65_280)) == 0)
    #expect(totals.types.last == 1)
    let codes = Dictionary(uniqueKeysWithValues: totals.responses.map { ($0.rcode, $0.count) })
    #expect(codes[.noError] == 4)
    #expect(codes[.nxDomain] == 1)
    #expect(codes[.servFail] == 1)
    #expect(codes[.refused] == 1)
    #expect(Self.counts(subject.publisher) == ["one.example.": 4, "two.example.": 1, "broken.example.": 1])
    #expect(subject.publisher.otherZonesTotal == 0)
  }

  /// A zone that is not served for a while begins anew, and takes nothing of who had its counter.
  @Test func countsGoOnOverSnapshots() throws {
    var subject = try Subject([("one.example.", Self.text), ("two.example.", Self.text)])
    let (one, two) = (subject.zones[0], subject.zones[1])
    for _ in 0..<5 { _ = try subject.ask("ns.one.example.", .a) }
    subject.publisher.publish(
      Snapshot(zones: [.loaded(two), .broken(apex: one.compiled.apex)], settings: AnswerSettings()))
    _ = try subject.ask("ns.one.example.", .a)
    #expect(Self.counts(subject.publisher) == ["one.example.": 6])
    subject.publisher.publish(Snapshot(zones: [.loaded(two)], settings: AnswerSettings()))
    _ = try subject.ask("ns.two.example.", .a)
    #expect(Self.counts(subject.publisher) == ["two.example.": 1])
    subject.publisher.publish(
      Snapshot(
        zones: [.loaded(two), .broken(apex: try DomainName("three.example.")), .loaded(one)],
        settings: AnswerSettings()))
    _ = try subject.ask("ns.three.example.", .a)
    #expect(Self.counts(subject.publisher) == ["two.example.": 1, "three.example.": 1])
  }

  /// Those with pools come first, and those that have a counter keep it.
  @Test func zonesAreCountedAsFarAsThereAreCounters() throws {
    func zones(_ numbers: Range<Int>, _ hasPools: Bool) throws -> [(apex: DomainName, hasPools: Bool)] {
      try numbers.map { (try DomainName("z\(1_000_000 + $0).example."), hasPools) }
    }
    var columns = ZoneColumns()
    let many = try zones(0..<2_000, false) + zones(2_000..<2_010, true)
    columns.update(to: many.shuffled()) { _ in 0 }
    let room = AnswerCounters.zoneCount - 1
    let counted = many.filter { columns[$0.apex] != ZoneColumns.shared }
    #expect(counted.map(\.apex) == many.prefix(room - 10).map(\.apex) + many.suffix(10).map(\.apex))
    #expect(Set(counted.map { columns[$0.apex] }).count == room)
    let kept = many.suffix(10).map { columns[$0.apex] }
    columns.update(to: try zones(1_990..<2_000, false) + zones(2_000..<2_010, true)) { _ in 7 }
    #expect(many.suffix(10).map { columns[$0.apex] } == kept)
    #expect(columns.totals { _ in 7 }.count == 20)
    #expect(columns[many[0].apex] == ZoneColumns.shared)
    // What had been counted for others is not theirs.
    #expect(columns.totals { _ in 7 }[many[1_990].apex] == 0)
  }
}
