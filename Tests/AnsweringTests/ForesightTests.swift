import DNSWire
import TestSupport
import Testing

@testable import Answering

/// What is known ahead of a batch's queries. That answers do not depend on it is what all other tests show, as they have
/// each query foreseen.
@Suite struct ForesightTests {
  private static let small = "@ 60 SOA ns h 1 2 1 9 3\n@ 60 NS ns\nns 60 A 192.0.2.1\n"
  private static let large = small + "$GENERATE 1-3000 host$ 60 A 192.0.2.2\n"

  @Test func onlyLargeZonesAreForeseen() throws {
    for (text, isForeseen) in [(Self.small, false), (Self.large, true)] {
      var subject = try Subject([("example.", text)])
      let betweenBatches = subject.answerer.wantsForesight
      subject.answerer.beginBatch()
      let withinBatch = subject.answerer.wantsForesight
      subject.answerer.endBatch()
      #expect(!betweenBatches && withinBatch == isForeseen)
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
      QueryMessage(query, .a).octets.withUnsafeBytes { subject.answerer.foresee($0.bytes, at: 63) }
    }
    let found = Self.isForeseen(subject, at: 63)
    #expect(found == isForeseen)
    // Beyond the longest batch nothing is, and nothing is written.
    QueryMessage(try DomainName(name), .a).octets.withUnsafeBytes {
      subject.answerer.foresee($0.bytes, at: 64)
    }
    subject.answerer.foreseeNode(at: 64)
    let isBeyond = Self.isForeseen(subject, at: 64)
    #expect(!isBeyond)
  }

  @Test func rubbishIsNotForeseen() throws {
    var subject = try Subject([("example.", Self.large)])
    subject.answerer.beginBatch()
    defer { subject.answerer.endBatch() }
    let query = QueryMessage(try DomainName("host7.example."), .a).octets
    for length in 0..<(12 + 15) {
      query.withUnsafeBytes { subject.answerer.foresee($0.bytes, at: 0) }
      let before = Self.isForeseen(subject, at: 0)
      Array(query[..<length]).withUnsafeBytes { subject.answerer.foresee($0.bytes, at: 0) }
      let after = Self.isForeseen(subject, at: 0)
      #expect(before && !after, "\(length) octets")
      subject.answerer.foreseeNode(at: 0)
    }
  }
}
