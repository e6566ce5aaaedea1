import DNSWire
import TestSupport
import Testing

@testable import Answering

/// RRsets of several addresses turn, so that each address comes first equally often.
@Suite struct RotationTests {
  static let zone = """
    $TTL 60
    @ SOA ns hostmaster 1 7200 900 1209600 300
    @ NS ns
    ns A 192.0.2.1
    $GENERATE 1-5 five A 192.0.2.$
    $GENERATE 1-3 five AAAA 2001:db8::$
    $GENERATE 1-2 *.wild A 192.0.2.$
    alias CNAME five
    two TXT "a"
    two TXT "b"
    """

  @Test func eachAddressComesFirstEquallyOften() throws {
    var subject = try Subject([("example.", Self.zone)])
    var first: [String: Int] = [:]
    var last = ""
    for _ in 0..<100 {
      let answer = try subject.ask("five.example.", .a).answer
      #expect(Set(answer).count == 5)
      #expect(answer[0] != last)
      last = answer[0]
      first[last, default: 0] += 1
      // The other family has turns of its own.
      _ = try subject.ask("five.example.", .aaaa)
    }
    #expect(first.values.allSatisfy { $0 == 20 })
    #expect(first.count == 5)
  }

  @Test func orderIsKeptRoundFromTheFirst() throws {
    var subject = try Subject([("example.", Self.zone)])
    let orders = try (0..<5).map { _ in
      try subject.ask("five.example.", .a).answer.map { $0.split(separator: ".").last ?? "" }
    }
    #expect(
      orders == [
        ["1", "2", "3", "4", "5"], ["2", "3", "4", "5", "1"], ["3", "4", "5", "1", "2"],
        ["4", "5", "1", "2", "3"], ["5", "1", "2", "3", "4"],
      ])
  }

  @Test func aliasAndWildcardTurnToo() throws {
    var subject = try Subject([("example.", Self.zone)])
    let through = try (0..<5).map { _ in try subject.ask("alias.example.", .a).answer[1] }
    #expect(Set(through).count == 5)
    let wild = try (0..<2).map { try subject.ask("x\($0).wild.example.", .a).answer[0].suffix(11) }
    #expect(Set(wild).count == 2)
  }

  @Test func otherTypesKeepTheirOrder() throws {
    var subject = try Subject([("example.", Self.zone)])
    for _ in 0..<3 {
      #expect(
        try subject.ask("two.example.", .txt).answer == [
          "two.example. 60 TXT \"a\"", "two.example. 60 TXT \"b\"",
        ])
    }
  }

  /// Exact for each worker, whatever the other does.
  @Test func workersTurnOnTheirOwn() throws {
    let subject = try Subject([("example.", Self.zone)], workers: 2, worker: 1)
    var other = TestAnswerer(Answerer(subject.publisher, worker: 0))
    var mine = TestAnswerer(Answerer(subject.publisher, worker: 1))
    var counts: [String: Int] = [:]
    for turn in 0..<50 {
      counts[try mine.ask("five.example.", .a).answer[0], default: 0] += 1
      for _ in 0..<turn % 3 { _ = try other.ask("five.example.", .a) }
    }
    #expect(counts.count == 5 && counts.values.allSatisfy { $0 == 10 })
  }
}
