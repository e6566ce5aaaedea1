import DNSWire
import Health
import Steering
import TestSupport
import Testing

@testable import Probing

private let query = Array("\u{3}www\u{7}example\u{3}com\0".utf8)

/// A response to `www.example.com.`, written as octets.
private struct Response {
  var id: UInt16 = 0x1234
  var flags: UInt16 = 0x8580
  var question: [UInt8]? = query
  var type: UInt16 = 1
  /// Type and data.
  var records: [(UInt16, [UInt8])] = []

  var octets: [UInt8] {
    func two(_ value: Int) -> [UInt8] { [UInt8(value >> 8), UInt8(value & 0xff)] }
    var octets =
      two(Int(id)) + two(Int(flags)) + two(question == nil ? 0 : 1) + two(records.count) + [0, 0, 0, 0]
    if let question { octets += question + two(Int(type)) + [0, 1] }
    for (type, data) in records {
      octets += [0xc0, 0x0c] + two(Int(type)) + [0, 1, 0, 0, 0, 60] + two(data.count) + data
    }
    return octets
  }
}

private func exchange(
  type: RRType = .a, rcode: Rcode = .noError, answer: String? = nil, isStream: Bool = false
) throws -> DNSExchange {
  var probe = DNSProbe(query: try DomainName("www.Example.com."))
  probe.type = type
  probe.rcode = rcode
  probe.answer = answer
  return DNSExchange(DNSQuestion(probe), isStream: isStream, id: 0x1234)
}

/// What a datagram makes of the exchange.
private func text(_ exchange: DNSExchange, _ response: Response) -> String {
  var exchange = exchange
  return switch exchange.receive(response.octets.span) {
  case .finish(let result): "\(result.reason.kind): \(result.reason)"
  case .askOverStream: "stream"
  case .wait: "wait"
  case .send, .finishAfter: "send"
  }
}

@Suite struct DNSExchangeTests {
  @Test func queriesAreWellFormed() throws {
    let expected = QueryMessage(try DomainName("www.example.com."), .a)
    let octets = expected.octets
    guard case .send(let sent) = try exchange().open() else { throw TestProber.Missing() }
    // Recursion is desired.
    #expect(sent == Array(octets[..<2]) + [1, 0] + Array(octets[4...]))
    guard case .send(let framed) = try exchange(isStream: true).open() else { throw TestProber.Missing() }
    #expect(framed == [0, UInt8(sent.count)] + sent)
  }

  @Test func codesDecide() throws {
    #expect(text(try exchange(), Response()) == "success: NOERROR")
    #expect(text(try exchange(), Response(flags: 0x8182)) == "code: SERVFAIL in place of NOERROR")
    #expect(text(try exchange(rcode: .nxDomain), Response(flags: 0x8583)) == "success: NXDOMAIN")
    #expect(text(try exchange(rcode: .nxDomain), Response()) == "code: NOERROR in place of NXDOMAIN")
    #expect(text(try exchange(rcode: .refused), Response(flags: 0x8005, question: nil)) == "success: REFUSED")
    #expect(text(try exchange(), Response(flags: 0x800b)) == "code: RCODE11 in place of NOERROR")
  }

  @Test func whatAnswersSomethingElseIsDropped() throws {
    #expect(text(try exchange(), Response(id: 0x1235)) == "wait")
    #expect(text(try exchange(), Response(flags: 0x0100)) == "wait")
    #expect(text(try exchange(), Response(flags: 0xa000)) == "wait")
    #expect(text(try exchange(), Response(type: 28)) == "wait")
    #expect(text(try exchange(), Response(question: Array("\u{3}wwx\u{7}example\u{3}com\0".utf8))) == "wait")
    #expect(
      text(try exchange(), Response(question: Array("\u{3}WWW\u{7}example\u{3}com\0".utf8)))
        == "success: NOERROR")
    let malformed = "malformed: what comes is not a response to the query"
    #expect(text(try exchange(), Response(question: nil)) == malformed)
    #expect(text(try exchange(), Response(question: [0xc0, 0x0c])) == malformed)
    var patient = try exchange()
    var steps: [ExchangeStep] = []
    for _ in 0..<16 { steps.append(patient.receive([1, 2, 3].span)) }
    #expect(steps.dropLast().allSatisfy { $0 == .wait } && steps.last != .wait)
  }

  @Test func answersAreCompared() throws {
    let mail = [UInt8]("\0\u{a}\u{4}Mail\u{c0}\u{10}".unicodeScalars.map { UInt8($0.value) })
    let soa =
      Array("\u{2}ns\u{0}\u{1}h".utf8) + [0xc0, 0x10] + [
        0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0, 4, 0, 0, 0, 5,
      ]
    let cases: [(RRType, String, (UInt16, [UInt8]), Bool)] = [
      (.a, "192.0.2.1", (1, [192, 0, 2, 1]), true),
      (.a, "192.0.2.2", (1, [192, 0, 2, 1]), false),
      (.a, "192.0.2.1", (28, [192, 0, 2, 1]), false),
      (.aaaa, "2001:db8::1", (28, [0x20, 1, 0xd, 0xb8] + [UInt8](repeating: 0, count: 11) + [1]), true),
      (.mx, "10 mail.example.com.", (15, mail), true),
      (.mx, "10 MAIL.example.com.", (15, mail), true),
      (.mx, "20 mail.example.com.", (15, mail), false),
      (.txt, "\"two words\" x", (16, Array("\u{9}two words\u{1}x".utf8)), true),
      (.txt, "x", (16, Array("\u{1}X".utf8)), false),
      (.soa, "ns. h.example.com. 1 2 3 4 5", (6, soa), true),
      (.cname, "www.example.com.", (5, [0xc0, 0x0c]), true),
      (RRType(rawValue: 65_280), "\\# 2 abcd", (65_280, [0xab, 0xcd]), true),
    ]
    for (type, answer, record, isFound) in cases {
      // Behind another record, as behind a CNAME.
      let response = Response(type: type.rawValue, records: [(5, [0xc0, 0x10]), record])
      let missing = "content: answer=\(answer) is not among 2 records"
      #expect(
        text(try exchange(type: type, answer: answer), response)
          == (isFound ? "success: found what was expected" : missing))
    }
  }

  @Test func impossibleAnswersAreTold() throws {
    for answer in ["10", "10 mail.example.com. more", "x mail.", "10 mail.\n. A 192.0.2.1"] {
      guard case .finish(let result) = try exchange(type: .mx, answer: answer).open() else {
        throw TestProber.Missing()
      }
      #expect(
        result.reason == Reason(.local, "answer=\(answer) is not the data of any MX record"))
    }
  }

  @Test func truncationLeadsToAStream() throws {
    #expect(text(try exchange(), Response(flags: 0x8780)) == "stream")
    var stream = try exchange(isStream: true)
    let message = Response(flags: 0x8780).octets
    let framed = [0, UInt8(message.count)] + message
    for octet in framed.dropLast() { #expect(stream.receive([octet].span) == .wait) }
    #expect(stream.receive([framed[framed.count - 1]].span) == .finish(.success("NOERROR")))
    var other = try exchange(isStream: true)
    let stray = Response(id: 1).octets
    guard case .finish(let result) = other.receive(([0, UInt8(stray.count)] + stray).span) else {
      throw TestProber.Missing()
    }
    #expect(result.reason.kind == .malformed)
  }

  @Test func nonsenseEndsOrIsDropped() throws {
    var random = SplitMix64.random()
    let soa =
      Array("\u{2}ns".utf8) + [0xc0, 0x10] + Array("\u{1}h".utf8) + [0xc0, 0x10]
      + [UInt8](repeating: 7, count: 20)
    for _ in 0..<20_000 {
      let response = Response(type: 6, records: [(6, soa), (15, [0, 1, 0xc0, 0x0c]), (6, soa)])
      let octets = mutated(response.octets, using: &random)
      var exchange = try exchange(type: .soa, answer: "a. b. 1 2 3 4 5")
      if case .finish(let result) = exchange.receive(octets.span) {
        #expect([.code, .content, .malformed].contains(result.reason.kind), "\(result), seed \(random.seed)")
      }
    }
  }
}
