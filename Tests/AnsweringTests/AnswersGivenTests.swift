import DNSWire
import TestSupport
import Testing
import Zones

@testable import Answering

/// What is counted of pools' answers is what was answered.
@Suite struct AnswersGivenTests {
  private static func subject() throws -> Subject {
    try Subject([("example.", PoolZone.text)], schedules: { try PoolZone.schedules($0) })
  }

  private static func counts(_ owner: String, _ subject: borrowing Subject) throws -> [UInt64] {
    let zone = subject.zones[0]
    return zone.answersGiven(pool: try PoolZone.pool(owner, in: zone.compiled))
  }

  @Test(arguments: [
    ScheduleView.Picking.cycle, .random, .clientHash, .nameHash,
  ])
  func everyAnswerCountsForItsFirstMember(_ picking: ScheduleView.Picking) throws {
    var subject = try Self.subject()
    let zone = subject.zones[0]
    let schedule = try PoolZone.schedule(
      "one", in: zone.compiled, picking: picking, turns: [0, 1, 0, 2, 0, 1, 0, 0, 1, 2])
    subject.publisher.replace([(zone, try PoolZone.pool("one", in: zone.compiled), schedule)])
    var seen: [UInt64] = [0, 0, 0]
    for _ in 0..<500 {
      let address = try #require(try subject.ask("one.example.", .a).answer.first)
      seen[try #require(Int(String(address.suffix(1))))] += 1
    }
    #expect(try Self.counts("one", subject) == seen)
    if picking == .cycle { #expect(seen == [250, 150, 100]) }
    // The neighbours in memory.
    #expect(try Self.counts("two", subject) == [0, 0])
    #expect(try Self.counts("cdn", subject) == [0, 0])
    #expect(try Self.counts("long", subject).allSatisfy { $0 == 0 })
  }

  @Test func poolsCountForThemselves() throws {
    var subject = try Self.subject()
    for _ in 0..<5 { _ = try subject.ask("two.example.", .any) }
    for _ in 0..<3 { _ = try subject.ask("cdn.example.", .txt) }
    // Neither NODATA nor NXDOMAIN is a pool's answer.
    _ = try subject.ask("two.example.", .aaaa)
    _ = try subject.ask("three.example.", .a)
    #expect(try Self.counts("one", subject) == [0, 0, 0])
    #expect(try Self.counts("two", subject) == [3, 2])
    #expect(try Self.counts("cdn", subject) == [2, 1])
  }

  /// 1,600 octets of records: over UDP the response is truncated, and no member has been answered.
  @Test func whatIsTruncatedHadNoTurn() throws {
    var subject = try Self.subject()
    for turn in 1...5 {
      for _ in 0..<3 { #expect(try subject.ask("long.example.", .a).answer.isEmpty) }
      let answer = try subject.ask("long.example.", .a, over: .tcp).answer
      #expect(answer.count == 100)
      #expect(answer.first == "long.example. 60 A 198.51.100.\(turn)")
    }
    #expect(try Self.counts("long", subject) == (1...100).map { $0 <= 5 ? 1 : 0 })
  }

  @Test func workersAreSummedUp() throws {
    let folder = TemporaryFolder()
    let compiled = try PoolZone.load(folder)
    let zone = ServableZone(compiled, schedules: try PoolZone.schedules(compiled), workers: 3)
    let snapshot = Snapshot(zones: [.loaded(zone)], settings: AnswerSettings())
    let publisher = SnapshotPublisher(snapshot, workers: 3)
    for worker in 0..<3 {
      var client = TestAnswerer(Answerer(publisher, worker: worker))
      for _ in 0...worker { _ = try client.ask("two.example.", .a) }
    }
    // The first member had the first turn of each worker and the third worker's third.
    #expect(zone.answersGiven(pool: try PoolZone.pool("two", in: compiled)) == [4, 2])
  }
}
