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
    var other = Answerer(subject.publisher, worker: 0)
    var mine = Answerer(subject.publisher, worker: 1)
    let query = QueryMessage(try DomainName("five.example."), .a).octets
    func ask(_ answerer: inout Answerer) throws -> String {
      var buffer = [UInt8](repeating: 0, count: 4096)
      var length = 0
      answerer.beginBatch()
      buffer.withUnsafeMutableBytes { octets in
        var response = octets.mutableBytes
        length = query.withUnsafeBytes {
          answerer.answer($0.bytes, from: IPAddress(v4: 1), over: .udp, into: &response)
        }
      }
      answerer.endBatch()
      return try Message(Array(buffer[..<length])).answer[0]
    }
    var counts: [String: Int] = [:]
    for turn in 0..<50 {
      counts[try ask(&mine), default: 0] += 1
      for _ in 0..<turn % 3 { _ = try ask(&other) }
    }
    #expect(counts.count == 5 && counts.values.allSatisfy { $0 == 10 })
  }
}
