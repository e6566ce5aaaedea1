import DNSWire
import TestSupport
import Testing

@testable import Answering

/// What is not a proper query gets the right rcode or silence, and never more.
@Suite struct MalformedTests {
  static let zone = """
    @ 60 SOA ns hostmaster 1 7200 900 1209600 300
    @ 60 NS ns
    ns 60 A 192.0.2.1
    """

  enum Outcome: Equatable {
    case silence
    /// The header's words, and whether the question is echoed.
    case response(String, question: Bool)
  }

  struct Case: CustomTestStringConvertible {
    let testDescription: String
    let octets: [UInt8]
    let outcome: Outcome

    init(_ description: String, _ octets: [UInt8], _ outcome: Outcome) {
      testDescription = description
      self.octets = octets
      self.outcome = outcome
    }
  }

  /// A header with an id, flags and counts.
  static func header(
    flags: UInt16 = 0, _ questions: UInt16 = 1, _ answers: UInt16 = 0, _ authority: UInt16 = 0,
    _ additional: UInt16 = 0
  ) -> [UInt8] {
    [0x12, 0x34]
      + [flags, questions, answers, authority, additional].flatMap { [UInt8($0 >> 8), UInt8($0 & 0xff)] }
  }

  /// ns.example. A IN
  static let name: [UInt8] = [2] + "ns".utf8 + [7] + "example".utf8 + [0]
  static let question = name + [0, 1, 0, 1]
  static let formErr = Outcome.response("FORMERR", question: false)
  static let formErrEchoed = Outcome.response("FORMERR", question: true)
  /// An OPT record without options: 1,232 octets, version 0.
  static let opt: [UInt8] = [0, 0, 41, 4, 0xd0, 0, 0, 0, 0, 0, 0]

  static let longLabels = (0..<5).flatMap { _ in [UInt8(63)] + [UInt8](repeating: 0x61, count: 63) }

  static let cases: [Case] = [
    Case("nothing", [], .silence),
    Case("one octet", [0], .silence),
    Case("a header less an octet", Array(header().dropLast()), .silence),
    Case("a header alone", header(), formErr),
    Case("a header alone without questions", header(0), formErr),
    Case("a response", header(flags: 0x8000) + question, .silence),
    Case("a response of another opcode", header(flags: 0xa800), .silence),
    Case("two questions", header(2) + question + question, formErr),
    Case("many questions", header(65535) + question, formErr),
    Case(
      "an answer in the query", header(1, 1) + question + name + [0, 1, 0, 1, 0, 0, 0, 0, 0, 0], formErrEchoed
    ),
    Case(
      "an authority record", header(1, 0, 1) + question + name + [0, 1, 0, 1, 0, 0, 0, 0, 0, 0], formErrEchoed
    ),
    Case("opcode IQUERY", header(flags: 0x0800) + question, .response("NOTIMP", question: true)),
    Case("opcode STATUS", header(flags: 0x1000) + question, .response("NOTIMP", question: true)),
    Case("opcode 3", header(flags: 0x1800) + question, .response("NOTIMP", question: true)),
    Case("opcode NOTIFY", header(flags: 0x2000) + question, .response("NOTIMP", question: true)),
    Case("opcode UPDATE", header(flags: 0x2800) + question, .response("NOTIMP", question: true)),
    Case("opcode 15", header(flags: 0x7800) + question, .response("NOTIMP", question: true)),
    Case("the question cut in the name", header() + question.prefix(4), formErr),
    Case("the question cut behind the name", header() + name, formErr),
    Case("the question cut in the type", header() + name + [0], formErr),
    Case("the question cut in the class", header() + name + [0, 1, 0], formErr),
    Case("a name that points to itself", header() + [0xc0, 12, 0, 1, 0, 1], formErr),
    Case("a name that points into the header", header() + [0xc0, 0, 0, 1, 0, 1], formErr),
    Case("a name that points forward", header() + [0xc0, 18, 0, 1, 0, 1] + name, formErr),
    Case("a label and then a pointer", header() + [1, 0x61, 0xc0, 12, 0, 1, 0, 1], formErr),
    Case("a label of type 01", header() + [0x41, 0x61, 0, 0, 1, 0, 1], formErr),
    Case("a label of type 10", header() + [0x80, 0x61, 0, 0, 1, 0, 1], formErr),
    Case("a name of 321 octets", header() + longLabels + [0, 0, 1, 0, 1], formErr),
    Case("a label that reaches beyond the end", header() + [63, 0x61], formErr),
    Case("an octet behind the question", header() + question + [0], formErrEchoed),
    Case("additional counted but not there", header(1, 0, 0, 1) + question, formErrEchoed),
    Case("OPT cut", header(1, 0, 0, 1) + question + opt.dropLast(), formErrEchoed),
    Case("OPT without its count", header() + question + opt, formErrEchoed),
    Case("two OPTs", header(1, 0, 0, 2) + question + opt + opt, formErrEchoed),
    Case("OPT not owned by the root", header(1, 0, 0, 1) + question + [1, 0x61] + opt, formErrEchoed),
    Case(
      "OPT owned by a pointer", header(1, 0, 0, 1) + question + [0xc0, 23] + opt.dropFirst(), formErrEchoed),
    Case(
      "an option longer than OPT", header(1, 0, 0, 1) + question + opt.dropLast(2) + [0, 4, 0, 3, 0, 1],
      formErrEchoed),
    Case(
      "an option's header cut", header(1, 0, 0, 1) + question + opt.dropLast(2) + [0, 3, 0, 3, 0],
      formErrEchoed),
    Case("many additional records counted", header(1, 0, 0, 65535) + question + opt, formErrEchoed),
    Case(
      "a TSIG that no key is known for",
      header(1, 0, 0, 1) + question + name + [0, 250, 0, 255, 0, 0, 0, 0, 0, 0],
      .response("RCODE9", question: true)),
    Case(
      "something behind TSIG",
      header(1, 0, 0, 2) + question + name + [0, 250, 0, 255, 0, 0, 0, 0, 0, 0] + opt,
      formErrEchoed),
    Case("QTYPE OPT", header() + name + [0, 41, 0, 1], formErrEchoed),
    Case("QTYPE TSIG", header() + name + [0, 250, 0, 1], formErrEchoed),
    Case("QTYPE AXFR", header() + name + [0, 252, 0, 1], .response("REFUSED", question: true)),
    Case("QTYPE IXFR", header() + name + [0, 251, 0, 1], .response("REFUSED", question: true)),
    Case("QTYPE 0", header() + name + [0, 0, 0, 1], .response("NOERROR aa", question: true)),
    Case("QTYPE 65535", header() + name + [255, 255, 0, 1], .response("NOERROR aa", question: true)),
    Case("QCLASS HS", header() + name + [0, 1, 0, 4], .response("REFUSED", question: true)),
    Case("QCLASS NONE", header() + name + [0, 1, 0, 254], .response("REFUSED", question: true)),
    Case("QCLASS 0", header() + name + [0, 1, 0, 0], .response("REFUSED", question: true)),
    Case("QCLASS ANY", header() + name + [0, 1, 0, 255], .response("NOERROR", question: true)),
    Case(
      "RD is copied, CD cleared", header(flags: 0x0110) + question, .response("NOERROR aa rd", question: true)
    ),
    Case("all flags but QR", header(flags: 0x07ff) + question, .response("NOERROR aa rd", question: true)),
    Case(
      "an unrelated additional record",
      header(1, 0, 0, 1) + question + name + [0, 1, 0, 1, 0, 0, 0, 0, 0, 4, 1, 2, 3, 4],
      .response("NOERROR aa", question: true)),
  ]

  @Test(arguments: cases) func outcome(_ expected: Case) throws {
    var subject = try Subject([("example.", Self.zone)])
    for transport in [TransportKind.udp, .tcp] {
      let octets = subject.respond(to: expected.octets, over: transport)
      guard !octets.isEmpty else {
        #expect(expected.outcome == .silence)
        continue
      }
      let message = try Message(octets)
      #expect(message.id == 0x1234)
      #expect(Outcome.response(message.header, question: message.questionCount == 1) == expected.outcome)
    }
  }

  /// Whatever comes, the response is a well-formed message or nothing.
  @Test func randomMessages() throws {
    var random = SplitMix64.random()
    print("seed \(random.seed)")
    var subject = try Subject([("example.", Self.zone)])
    let seeds = Self.cases.map(\.octets)
    for _ in 0..<20_000 {
      var octets = seeds.randomElement(using: &random) ?? []
      switch Int.random(in: 0..<3, using: &random) {
      case 0:
        octets = (0..<Int.random(in: 0..<80, using: &random)).map { _ in
          UInt8.random(in: 0...255, using: &random)
        }
      case 1: octets = Array(octets.prefix(Int.random(in: 0...octets.count, using: &random)))
      default: break
      }
      for _ in 0..<Int.random(in: 0..<4, using: &random) where !octets.isEmpty {
        octets[Int.random(in: octets.indices, using: &random)] = UInt8.random(in: 0...255, using: &random)
      }
      let response = subject.respond(to: octets)
      guard !response.isEmpty else {
        #expect(octets.count < 12 || octets[2] & 0x80 != 0, "seed \(random.seed): \(octets)")
        continue
      }
      #expect(throws: Never.self, "seed \(random.seed): \(octets)") { try Message(response) }
      #expect(response.count <= 1232)
    }
  }
}
