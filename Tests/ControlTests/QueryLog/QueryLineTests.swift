import DNSWire
import TestSupport
import Testing
import Transport

@testable import Control

/// A line tells what was asked and answered, whatever the response is.
@Suite struct QueryLineTests {
  /// Header, question `www.example.` and records in the order given.
  private static func response(
    flags: UInt16 = 0x8580, question: Bool = true, answers: [[UInt8]] = [], authority: Int = 0,
    others: [[UInt8]] = []
  ) throws -> [UInt8] {
    var octets: [UInt8] = [0, 7, UInt8(flags >> 8), UInt8(flags & 255), 0, question ? 1 : 0]
    octets += [0, UInt8(answers.count), 0, UInt8(authority), 0, UInt8(others.count - authority)]
    if question { octets += try DomainName("www.example").octets + [0, 1, 0, 1] }
    return octets + answers.joined() + others.joined()
  }

  private static func record(_ type: UInt8, _ data: [UInt8]) -> [UInt8] {
    [0xc0, 12, 0, type, 0, 1, 0, 0, 0, 60, UInt8(data.count >> 8), UInt8(data.count & 255)] + data
  }

  private static func opt(ttl: [UInt8] = [0, 0, 0, 0], _ options: [UInt8] = []) -> [UInt8] {
    [0, 0, 41, 4, 208] + ttl + [UInt8(options.count >> 8), UInt8(options.count & 255)] + options
  }

  private static func fields(_ response: [UInt8]) throws -> String {
    let line = AnsweredQuery(
      time: 1_700_000_000_123_456_789, client: try Endpoint(parsing: "192.0.2.7:5353"), transport: .udp,
      query: [], response: response
    ).line
    let start = "2023-11-14T22:13:20.123Z query client=192.0.2.7:5353 transport=udp "
    #expect(line.hasPrefix(start))
    return String(line.dropFirst(start.count))
  }

  static let lines: [(response: [UInt8], fields: String)] = {
    do {
      let address = record(1, [192, 0, 2, 1])
      return [
        (
          try response(answers: [address, address]),
          "name=www.example. type=A rcode=NOERROR flags=aa,rd answers=2 answer=192.0.2.1 octets=61"
        ),
        (
          try response(flags: 0x8403, authority: 1, others: [record(6, Array(repeating: 0, count: 22))]),
          "name=www.example. type=A rcode=NXDOMAIN flags=aa answers=0 octets=63"
        ),
        (
          try response(answers: [record(5, try DomainName("cdn.example.net").octets), address]),
          "name=www.example. type=A rcode=NOERROR flags=aa,rd answers=2 answer=cdn.example.net. octets=74"
        ),
        (
          try response(answers: [record(16, [3, 97, 98, 99])]),
          "name=www.example. type=A rcode=NOERROR flags=aa,rd answers=1 octets=45"
        ),
        (
          try response(
            answers: [address],
            others: [opt(ttl: [0, 0, 0x80, 0], [0, 8, 0, 7, 0, 1, 24, 16, 198, 51, 100])]),
          "name=www.example. type=A rcode=NOERROR flags=aa,rd,do answers=1 answer=192.0.2.1 "
            + "subnet=198.51.100.0/24/16 octets=67"
        ),
        (
          try response(flags: 0x8000, others: [opt(ttl: [1, 0, 0, 0])]),
          "name=www.example. type=A rcode=RCODE16 answers=0 octets=40"
        ),
        (try response(flags: 0x8001, question: false), "name=- type=- rcode=FORMERR answers=0 octets=12"),
        // Cut short: what stands before counts.
        (
          Array(try response(flags: 0x8205).prefix(20)),
          "name=- type=- rcode=REFUSED flags=tc answers=0 octets=20"
        ),
        ([0, 7, 0x80], "name=- type=- rcode=NOERROR answers=0 octets=3"),
        ([], "name=- type=- rcode=NOERROR answers=0 octets=0"),
      ]
    } catch { return [] }
  }()

  @Test func theTableIsThere() { #expect(!Self.lines.isEmpty) }

  @Test(arguments: lines)
  func line(response: [UInt8], fields: String) throws {
    #expect(try Self.fields(response) == fields)
  }

  /// What clients choose can neither end the line nor begin another field.
  @Test func namesAreEscaped() throws {
    let header: [UInt8] = [0, 7, 0x84, 0, 0, 1, 0, 0, 0, 0, 0, 0]
    let name: [UInt8] = [3, 0x0a, 0x20, 0x3d, 1, 0x22, 0]
    let line = try Self.fields(header + name + [0, 1, 0, 1])
    #expect(line.hasPrefix("name=\""))
    #expect(!line.contains("\n") && line.hasSuffix(" answers=0 octets=23"))
  }

  @Test func anyOctetsMakeALine() throws {
    var random = SplitMix64.random()
    for _ in 0..<2_000 {
      var octets = try Self.response(answers: [Self.record(1, [1, 2, 3, 4])], others: [Self.opt()])
      for _ in 0..<Int.random(in: 0...6, using: &random) {
        octets[Int.random(in: 0..<octets.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
      }
      let line = try Self.fields(Array(octets.prefix(Int.random(in: 0...octets.count, using: &random))))
      #expect(line.utf8.allSatisfy { (0x20...0x7e).contains($0) }, "seed \(random.seed): \(line)")
    }
  }
}
