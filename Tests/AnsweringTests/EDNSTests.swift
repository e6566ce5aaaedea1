import DNSWire
import TestSupport
import Testing

@testable import Answering

/// EDNS(0), truncation and the CHAOS class.
@Suite struct EDNSTests {
  static let zone = """
    $TTL 60
    @ SOA ns hostmaster 1 7200 900 1209600 300
    @ NS ns
    ns A 192.0.2.1
    $GENERATE 1-80 many A 192.0.2.$
    $GENERATE 1-20 sub NS ns$.sub
    $GENERATE 1-20 ns$.sub A 192.0.2.$
    $GENERATE 1-12 side NS ns$.elsewhere
    $GENERATE 1-12 ns$.elsewhere A 192.0.2.$
    $GENERATE 1-12 ns$.elsewhere AAAA 2001:db8::$
    $GENERATE 1-40 mx MX $ mail$
    $GENERATE 1-40 mail$ A 192.0.2.$
    """

  @Test func noOPTWithoutOPT() throws {
    var subject = try Subject([("example.", Self.zone)])
    #expect(try subject.ask("ns.example.", .a).edns == nil)
  }

  @Test func optIsAnsweredByOPT() throws {
    var subject = try Subject([("example.", Self.zone)])
    let plain = try subject.ask("ns.example.", .a) { $0.udpSize = 4096 }
    #expect(plain.edns == Message.EDNS(udpSize: 1232, version: 0, dnssecOK: false, options: [:]))
    let dnssec = try subject.ask("ns.example.", .a) {
      $0.udpSize = 4096
      $0.dnssecOK = true
    }
    #expect(dnssec.edns?.dnssecOK == true)
    let refused = try subject.ask("ns.example.org.", .a) { $0.udpSize = 4096 }
    #expect(refused.header == "REFUSED")
    #expect(refused.edns?.options == [15: [0, 20]])
  }

  @Test func versionAboveZeroIsBADVERS() throws {
    var subject = try Subject([("example.", Self.zone)])
    let message = try subject.ask("ns.example.", .a) {
      $0.udpSize = 4096
      $0.version = 1
    }
    #expect(message.rcode == 16)
    #expect(message.edns?.version == 0)
    #expect(message.answer.isEmpty)
  }

  /// RFC 6891 §6.1.1: whoever sends an OPT gets one, whatever becomes of the query.
  @Test(arguments: [
    (UInt16(0x2000), UInt8(1), UInt8(0), "NOTIMP"), (0, 1, 1, "FORMERR"), (0, 0, 0, "FORMERR"),
  ])
  func optIsAnsweredInRefusals(_ flags: UInt16, _ questions: UInt8, _ answers: UInt8, _ header: String) throws
  {
    var subject = try Subject([("example.", Self.zone)])
    let question: [UInt8] = questions == 1 ? [2, 0x6e, 0x73, 0, 0, 1, 0, 1] : []
    let record: [UInt8] = answers == 1 ? [0, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0] : []
    let query =
      [0x12, 0x34, UInt8(flags >> 8), UInt8(flags & 0xff), 0, questions, 0, answers, 0, 0, 0, 1] + question
      + record
      + [0, 0, 41, 4, 0xd0, 0, 0, 0, 0, 0, 0]
    let message = try Message(subject.respond(to: query))
    #expect(message.header == header)
    #expect(message.edns != nil)
  }

  @Test func unknownOptionsAreIgnored() throws {
    var subject = try Subject([("example.", Self.zone)])
    let message = try subject.ask("ns.example.", .a) {
      $0.udpSize = 4096
      $0.options = [(10, [1, 2, 3, 4, 5, 6, 7, 8]), (65001, [])]
    }
    #expect(message.header == "NOERROR aa")
    #expect(message.edns?.options == [:])
  }

  @Test func nsidIsSentToWhoAsks() throws {
    var settings = AnswerSettings()
    settings.nsid = Array("fra-1".utf8)
    var subject = try Subject([("example.", Self.zone)], settings: settings)
    let asked = try subject.ask("ns.example.", .a) {
      $0.udpSize = 4096
      $0.options = [(3, [])]
    }
    #expect(asked.edns?.options == [3: Array("fra-1".utf8)])
    #expect(try subject.ask("ns.example.", .a) { $0.udpSize = 4096 }.edns?.options == [:])
  }

  /// The longest name and the longest identifier do not fit into 512 octets together.
  @Test(arguments: [("example.", "NXDOMAIN aa"), ("broken.", "SERVFAIL"), ("test.", "REFUSED")])
  func nsidGivesWayToALongName(_ apex: String, _ header: String) throws {
    var settings = AnswerSettings()
    settings.nsid = [UInt8](repeating: 0x6e, count: 255)
    var subject = try Subject([("example.", Self.zone), ("broken.", nil)], settings: settings)
    let name = String(repeating: "\(String(repeating: "n", count: 59)).", count: 4) + apex
    for (udpSize, isSent) in [(UInt16(512), false), (1232, true)] {
      var query = QueryMessage(try DomainName(name), .a)
      query.udpSize = udpSize
      query.options = [(3, [])]
      let octets = subject.respond(to: query.octets)
      #expect(octets.count <= udpSize)
      let message = try Message(octets)
      #expect(message.header == header)
      #expect((message.edns?.options[3] != nil) == isSent)
    }
  }

  @Test func brokenZoneIsExplained() throws {
    var subject = try Subject([("example.", nil)])
    let message = try subject.ask("ns.example.", .a) { $0.udpSize = 1232 }
    #expect(message.header == "SERVFAIL")
    #expect(message.edns?.options == [15: [0, 24]])
  }

  // MARK: Truncation

  @Test(arguments: [
    // 512 without OPT, and for anything lower; never more than the server's own 1,232.
    (UInt16?.none, 512), (0, 512), (100, 512), (512, 512), (700, 700), (1232, 1232), (4096, 1232),
    (65535, 1232),
  ])
  func udpSizeBoundsTheResponse(_ udpSize: UInt16?, _ limit: Int) throws {
    var subject = try Subject([("example.", Self.zone)])
    for name in ["many", "sub", "x.sub", "side", "mx", "none"] {
      for type in [RRType.a, .mx, .ns] {
        var query = QueryMessage(try DomainName("\(name).example."), type)
        query.udpSize = udpSize
        let octets = subject.respond(to: query.octets)
        #expect(octets.count <= limit)
        _ = try Message(octets)
      }
    }
  }

  @Test func anAnswerThatDoesNotFitIsTruncatedWhole() throws {
    var subject = try Subject([("example.", Self.zone)])
    let cut = try subject.ask("many.example.", .a)
    #expect(cut.header == "NOERROR aa tc")
    #expect(cut.answer.isEmpty)
    let whole = try subject.ask("many.example.", .a, over: .tcp)
    #expect(whole.header == "NOERROR aa")
    #expect(whole.answer.count == 80)
  }

  /// RFC 9471 §3.1: in-domain glue that does not fit sets TC; sibling glue is left out by whole RRsets.
  @Test func glueThatDoesNotFit() throws {
    var subject = try Subject([("example.", Self.zone)])
    let inDomain = try subject.ask("x.sub.example.", .a)
    #expect(inDomain.header == "NOERROR tc")
    let sibling = try subject.ask("x.side.example.", .a)
    #expect(sibling.header == "NOERROR")
    #expect(sibling.authority.count == 12)
    #expect(sibling.additional.count > 0 && sibling.additional.count < 24)
    let larger = try subject.ask("x.side.example.", .a) { $0.udpSize = 1232 }
    #expect(larger.additional.count == 24)
  }

  @Test func additionalThatDoesNotFitIsLeftOut() throws {
    var subject = try Subject([("example.", Self.zone)])
    let message = try subject.ask("mx.example.", .mx) { $0.udpSize = 1232 }
    #expect(message.header == "NOERROR aa")
    #expect(message.answer.count == 40)
    #expect(message.additional.count < 40)
    #expect(try subject.ask("mx.example.", .mx, over: .tcp).additional.count == 40)
  }

  // MARK: CHAOS

  @Test(arguments: [
    ("version.bind.", "NOERROR aa", "swiftlet"), ("VERSION.Server.", "NOERROR aa", "swiftlet"),
    ("id.server.", "NOERROR aa", "ns1"), ("hostname.bind.", "NOERROR aa", "ns1"),
    ("authors.bind.", "REFUSED", nil), ("ns.example.", "REFUSED", nil),
  ])
  func chaos(_ name: String, _ header: String, _ text: String?) throws {
    var settings = AnswerSettings()
    settings.version = Array("swiftlet".utf8)
    settings.identity = Array("ns1".utf8)
    var subject = try Subject([("example.", Self.zone)], settings: settings)
    let message = try subject.ask(name, .txt) { $0.rrClass = .chaos }
    #expect(message.header == header)
    #expect(message.answer == (text.map { ["\(name) 0 CH TXT \"\($0)\""] } ?? []))
    #expect(try subject.ask(name, .a) { $0.rrClass = .chaos }.answer.isEmpty)
  }

  @Test func chaosIsRefusedWhereNotConfigured() throws {
    var subject = try Subject([("example.", Self.zone)])
    #expect(try subject.ask("version.bind.", .txt) { $0.rrClass = .chaos }.header == "REFUSED")
  }
}
