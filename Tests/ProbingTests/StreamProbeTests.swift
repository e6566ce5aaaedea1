import Health
import Steering
import TestSupport
import Testing

@testable import Probing

private let response = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nConnection: close\r\n\r\nhello"

/// Probes over real sockets, of members that behave and of such that do not.
@Suite struct StreamProbeTests {
  struct Case: CustomTestStringConvertible {
    let probe: Probe
    let acts: [TestPeer.Act]
    let kind: Reason.Kind
    let detail: String

    init(_ probe: Probe, _ acts: [TestPeer.Act], _ kind: Reason.Kind, _ detail: String) {
      self.probe = probe
      self.acts = acts
      self.kind = kind
      self.detail = detail
    }

    var testDescription: String { "\(probe.kind) \(detail)" }
  }

  static let plain = Probe.http(HTTPProbe())
  static let withBody: Probe = {
    var probe = HTTPProbe()
    probe.body = Array("hello".utf8)
    return .http(probe)
  }()
  static let banner = Probe.tcp(send: [], expect: Array("SSH-2.0".utf8))

  static let cases: [Case] = [
    Case(.tcp(send: [], expect: []), [.hold], .success, "connected"),
    Case(.tcp(send: Array("hi".utf8), expect: []), [.receive], .success, "connected"),
    Case(
      banner, [.send("SSH-2"), .pause(milliseconds: 20), .send(".0-x\r\n"), .hold], .success,
      "found what was expected"),
    Case(banner, [.hold], .timeout, "the first octet took longer than 300ms"),
    Case(banner, [.send("HTTP/1.0"), .hold], .timeout, "expect=SSH-2.0 took longer than 300ms"),
    Case(banner, [], .closed, "closed before anything came"),
    Case(banner, [.send("hello")], .content, "expect=SSH-2.0 is not in the 5 octets that came"),
    Case(
      banner, [.sendForever([UInt8](repeating: 0x78, count: 4_096))], .content,
      "expect=SSH-2.0 is not in the first 65536 octets"),
    Case(plain, [.receive, .send(response)], .success, "200"),
    Case(plain, [.receive, .send(response), .hold], .success, "200"),
    Case(plain, [.receive, .send("HTTP/1.1 500 Oops\r\n\r\n")], .code, "500 in place of 200-299"),
    Case(
      plain, [.receive, .send("HTTP/1.1 301 Moved\r\nLocation: /\r\n\r\n")], .code, "301 in place of 200-299"),
    Case(plain, [.receive, .hold], .timeout, "the response took longer than 300ms"),
    Case(plain, [.receive], .closed, "closed without a response"),
    Case(plain, [.receive, .send("HTTP/1.1 2")], .closed, "closed before the response's head ended"),
    // The status line decides, whatever follows.
    Case(plain, [.receive, .send("HTTP/1.1 200 OK\r\nServer:"), .hold], .success, "200"),
    Case(plain, [.receive, .send("HTTP/1.1 200 OK\r\nServer:"), .reset], .success, "200"),
    Case(plain, [.receive, .reset], .reset, "connection reset"),
    Case(
      plain, [.send("SSH-2.0-OpenSSH_9.2\r\n"), .hold], .malformed,
      "\"SSH-2.0-OpenSSH_9.2\" is not a status line of HTTP/1"),
    Case(
      plain, [.receive, .sendForever([UInt8](repeating: 0x78, count: 4_096))], .malformed,
      "the head of the response is too long"),
    Case(
      plain, [.receive, .send("HTTP/1.1 200 OK\r\n"), .sendForever(Array("a: b\r\n".utf8))], .success, "200"),
    Case(
      plain,
      [.receive] + (0..<100).flatMap { _ in [.send("H"), .pause(milliseconds: 10)] as [TestPeer.Act] },
      .timeout, "the rest of the response took longer than 300ms"),
    Case(withBody, [.receive, .send(response)], .success, "200, found what was expected"),
    Case(
      withBody, [.receive, .send("HTTP/1.0 200 OK\r\n\r\nhel")], .content,
      "body=hello is not in the 3 octets of the content"),
    Case(
      withBody, [.receive, .send("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhel")], .closed,
      "closed after 3 octets of the response's content"),
    Case(
      withBody,
      [.receive, .send("HTTP/1.1 200 OK\r\n\r\n"), .sendForever([UInt8](repeating: 0x78, count: 4_096))],
      .content, "body=hello is not in the 65536 octets of the content"),
    Case(.agent(send: []), [.send("75% ready\n"), .hold], .success, "75% ready"),
    Case(
      .agent(send: Array("a\n".utf8)), [.receive, .send("down # upgrading")], .reported, "down # upgrading"),
    Case(
      .agent(send: []), [.sendForever([UInt8](repeating: 0x78, count: 4_096))], .malformed,
      "the line is longer than 1024 octets"),
  ]

  @Test(arguments: cases) func endsInAReason(_ testCase: Case) throws {
    let peer = try TestPeer(testCase.acts)
    let begin = Moment.now
    let result = try TestProber.result(of: CheckDefinition(testCase.probe, port: peer.port))
    #expect(result.reason == Reason(testCase.kind, testCase.detail))
    #expect(result.isSuccess == (testCase.kind == .success))
    // The connection came about.
    #expect(!result.isMute)
    #expect(Moment.now - begin < .milliseconds(testCase.kind == .timeout ? 2_000 : 1_500))
  }

  @Test(arguments: ["127.0.0.1", "::1"]) func refusalsAreTold(address: String) throws {
    let result = try TestProber.result(
      of: CheckDefinition(Self.plain, port: TestPeer.closedPort()), at: address)
    #expect(result.reason == Reason(.refused, "connection refused"))
    #expect(result.responseTime == nil)
  }

  /// No connection can be made to a group.
  @Test func unreachableNetworksAreTold() throws {
    let result = try TestProber.result(of: CheckDefinition(Self.plain, port: 80), at: "224.0.0.1")
    #expect(result.reason.kind == .unreachable && result.isMute, "\(result)")
  }

  @Test func requestsAreAsTheCheckSays() throws {
    let peer = try TestPeer(at: "::1", [.receive, .send(response)])
    var probe = HTTPProbe()
    probe.path = "/healthz?full=1"
    probe.method = .post
    probe.field = HTTPProbe.Field(name: "user-agent", value: "me")
    let result = try TestProber.result(of: CheckDefinition(.http(probe), port: peer.port), at: "::1")
    #expect(result.isSuccess)
    // A slow machine may have asked twice before it stopped.
    #expect(
      Set(peer.received.map { String(decoding: $0, as: UTF8.self) }) == [
        "POST /healthz?full=1 HTTP/1.1\r\nHost: [::1]:\(peer.port)\r\nAccept: */*\r\nConnection: close\r\n"
          + "Content-Length: 0\r\nuser-agent: me\r\n\r\n"
      ])
  }

  @Test func loadIsReported() throws {
    let peer = try TestPeer([
      .receive,
      .send(
        "HTTP/1.1 200 OK\r\nEndpoint-Load-Metrics: TEXT cpu_utilization=0.3, named_metrics.connections=7\r\n"),
      .pause(milliseconds: 20), .send("\r\n"),
    ])
    let result = try TestProber.result(of: CheckDefinition(Self.plain, port: peer.port))
    #expect(result.report.load == 0.3)
    #expect(result.report.connections == 7)
    #expect(try #require(result.responseTime) >= .milliseconds(20))
  }
}
