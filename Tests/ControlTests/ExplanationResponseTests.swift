import Answering
import DNSWire
import TestSupport
import Testing

@testable import Control

/// Responses with explanations, as octets.
@Suite struct ExplanationResponseTests {
  private static func query(
    udpSize: UInt16? = 1400, _ name: String = "www.example.com.",
    options: [(code: UInt16, data: [UInt8])] = []
  ) throws -> ExplanationQuery {
    var query = QueryMessage(try DomainName(name), .txt)
    query.rrClass = .chaos
    query.flags = 0x0110
    query.udpSize = udpSize
    query.options = options
    return try ExplanationQuery(query.octets, heedsSubnet: true)
  }

  private static func message(
    _ lines: [String], to query: ExplanationQuery, over transport: TransportKind = .udp,
    nsid: String = ""
  ) throws -> (Message, Int) {
    var settings = AnswerSettings()
    settings.nsid = Array(nsid.utf8)
    let octets = ExplanationResponse(lines: lines).message(to: query, over: transport, settings: settings)
    return (try Message(octets), octets.count)
  }

  @Test func aLineIsARecord() throws {
    let (message, _) = try Self.message(["one", "  two", ""], to: try Self.query())
    #expect(message.header == "NOERROR aa rd")
    #expect(message.question == "www.example.com. 16 3")
    #expect(
      message.answer == [
        "www.example.com. 0 CH TXT \"01 one\"", "www.example.com. 0 CH TXT \"02   two\"",
        "www.example.com. 0 CH TXT \"03 \"",
      ])
    #expect(message.edns == Message.EDNS(udpSize: 1232, version: 0, dnssecOK: false, options: [:]))
  }

  @Test func numbersSort() throws {
    let (message, _) = try Self.message((1...100).map { "\($0)" }, to: try Self.query(), over: .tcp)
    let texts = message.answer.map { $0.split(separator: "\"")[1] }
    #expect(texts.first == "001 1")
    #expect(texts.last == "100 100")
    #expect(texts == texts.sorted())
  }

  @Test func longLinesAreSeveralStrings() throws {
    let line = String(repeating: "x", count: 600)
    let (message, _) = try Self.message([line], to: try Self.query())
    let strings = message.answer[0].split(separator: "\"").filter { $0.count > 1 }.dropFirst()
    #expect(strings.map(\.count) == [255, 255, 93])
    #expect(String(strings.joined()) == "01 " + line)
    let (cut, _) = try Self.message(
      [String(repeating: "x", count: 100_000)], to: try Self.query(), over: .tcp)
    #expect(cut.answer[0].count < 1_100)
    #expect(cut.answer[0].hasSuffix("x ...\""))
  }

  @Test func whatDoesNotFitOverUDPIsTruncated() throws {
    let lines = (1...20).map { "\($0) \(String(repeating: "x", count: 40))" }
    let whole = try Self.message(lines, to: try Self.query(), over: .tcp).1
    for (udpSize, fits) in [(nil, false), (512, false), (1100, false), (1232, true), (4096, true)]
      as [(UInt16?, Bool)]
    {
      let (message, count) = try Self.message(lines, to: try Self.query(udpSize: udpSize))
      #expect(message.header == (fits ? "NOERROR aa rd" : "NOERROR aa tc rd"))
      #expect(message.answer.count == (fits ? 20 : 0))
      #expect(count <= min(Int(udpSize ?? 512), 1232))
      #expect(!fits || count == whole)
    }
  }

  @Test func whatDoesNotFitOverTCPIsCut() throws {
    let lines = (1...2_000).map { "\($0) \(String(repeating: "x", count: 40))" }
    let (message, count) = try Self.message(lines, to: try Self.query(), over: .tcp)
    #expect(message.header == "NOERROR aa rd")
    #expect((65_400...65_535).contains(count))
    let kept = message.answer.count - 1
    let head = try #require(message.answer.firstIndex { $0.contains("left out") })
    #expect(message.answer[head].hasSuffix(" \(2_000 - kept) lines left out: see swiftlet explain\""))
    #expect(message.answer[head - 1].contains(" \(head) x"))
    #expect(message.answer[head + 1].contains(" \(2_000 - (kept - head) + 1) x"))
    #expect(message.answer[kept].contains(" 2000 x"))
    #expect(abs(kept - 2 * head) < kept / 10)
  }

  @Test func optionsAreAnswered() throws {
    let subnet: [UInt8] = [0, 1, 24, 0, 198, 51, 100]
    let query = try Self.query(options: [(3, []), (8, subnet)])
    #expect(
      try Self.message([], to: query, nsid: "ns1").0.edns?.options == [3: Array("ns1".utf8), 8: subnet])
    #expect(try Self.message([], to: query).0.edns?.options == [8: subnet])
    #expect(try Self.message([], to: try Self.query(udpSize: nil)).0.edns == nil)
  }

  @Test func theScopeIsTheNetworkThatLinesAreFor() throws {
    let query = try Self.query(options: [(8, [0, 1, 24, 0, 198, 51, 100])])
    let response = ExplanationResponse(lines: ["x"], isForClient: true)
    let message = try Message(response.message(to: query, over: .udp, settings: AnswerSettings()))
    #expect(message.edns?.options == [8: [0, 1, 24, 24, 198, 51, 100]])
  }

  @Test func aLongIdentifierGivesWay() throws {
    let name = Array(repeating: String(repeating: "x", count: 61), count: 4).joined(separator: ".") + "."
    let query = try Self.query(udpSize: 512, name, options: [(3, []), (8, [0, 1, 8, 0, 10])])
    let (message, count) = try Self.message(["x"], to: query, nsid: String(repeating: "n", count: 255))
    #expect(count <= 512)
    #expect(message.edns?.options == [8: [0, 1, 8, 0, 10]])
    #expect(message.answer.count == 1)
  }

  @Test func errorsAreTold() throws {
    let response = ExplanationResponse(rcode: .refused, extendedError: .notAuthoritative)
    let message = try Message(
      response.message(to: try Self.query(), over: .udp, settings: AnswerSettings()))
    #expect(message.header == "REFUSED rd")
    #expect(message.edns?.options == [15: [0, 20]])
  }
}
