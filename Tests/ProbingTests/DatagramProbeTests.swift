import DNSWire
import Glibc
import Health
import Steering
import Synchronization
import TestSupport
import Testing

@testable import Probing

/// Probes over UDP, of names, and by echo requests, with real sockets.
@Suite struct DatagramProbeTests {
  private func check(_ port: UInt16) throws -> CheckDefinition {
    CheckDefinition(.dns(DNSProbe(query: try DomainName("www.example.com."))), port: port)
  }

  /// The query as its response.
  private static func response(to query: [UInt8], flags: UInt16 = 0x8000) -> [UInt8] {
    Array(query[..<2]) + [UInt8(flags >> 8), UInt8(flags & 0xff)] + Array(query[4...])
  }

  @Test func serversAreAsked() throws {
    let port = try TestPeer.closedPort()
    let peer = try TestDatagramPeer(port: port) { query in
      // Others first.
      [[], [1, 2, 3], Self.response(to: [query[0] ^ 1] + query[1...]), Self.response(to: query)]
    }
    let result = try withExtendedLifetime(peer) { try TestProber.result(of: check(port)) }
    #expect(result.reason == Reason(.success, "NOERROR"))
    #expect(try #require(result.responseTime) < .milliseconds(300))
  }

  @Test func silenceAndRefusalAreTold() throws {
    let port = try TestPeer.closedPort()
    #expect(try TestProber.result(of: check(port)).reason.kind == .refused)
    let silent = try TestDatagramPeer(port: port) { _ in [] }
    let silence = try withExtendedLifetime(silent) { try TestProber.result(of: check(port)) }
    #expect(silence.reason == Reason(.timeout, "the response took longer than 300ms"))
    #expect(silence.isMute)
  }

  @Test func truncatedResponsesAreAskedForOverTCP() throws {
    // The stream's ID is another one, so the member has to look at the query.
    let asked = Mutex<[UInt8]>([])
    let stream = try TestPeer([
      .receive,
      .sendResponse { query in
        asked.withLock { $0 = query }
        let message = Self.response(to: Array(query[2...]))
        return query[..<2] + message
      },
    ])
    let peer = try TestDatagramPeer(port: stream.port) { [Self.response(to: $0, flags: 0x8200)] }
    let result = try withExtendedLifetime(peer) { try TestProber.result(of: check(stream.port)) }
    #expect(result.reason == Reason(.success, "NOERROR"))
    let length = asked.withLock { $0.count }
    #expect(length == 35)
    // Nobody listens there.
    let port = try TestPeer.closedPort()
    let lonely = try TestDatagramPeer(port: port) { [Self.response(to: $0, flags: 0x8200)] }
    let refusal = try withExtendedLifetime(lonely) { try TestProber.result(of: check(port)) }
    #expect(refusal.reason.kind == .refused)
  }

  @Test func namesAreResolved() throws {
    let peer = try TestPeer([.receive, .send("HTTP/1.1 200 OK\r\n\r\n")])
    let prober = try TestProber()
    let check = CheckDefinition(.http(HTTPProbe()), port: peer.port, timeout: .seconds(1))
    prober.prober.update(add: [
      (Target.ID(rawValue: 0), Target(check, of: .target(try DomainName("localhost.")))),
      (Target.ID(rawValue: 1), Target(check, of: .target(try DomainName("no.such.invalid.")))),
    ])
    #expect(try prober.wait()[0].reason == Reason(.success, "200"))
    let request = String(decoding: peer.received.first ?? [], as: UTF8.self)
    #expect(request.contains("\r\nHost: localhost:\(peer.port)\r\n"))
    let failure = try prober.wait(of: 1)[0].reason
    // The system's resolver may be out of reach where this runs.
    let isFound = failure.kind != .timeout
    #expect(failure.kind == (isFound ? .name : .timeout))
    #expect(
      failure.detail.hasPrefix(
        isFound ? "no.such.invalid: " : "resolving no.such.invalid. took longer than 1s"))
  }

  @Test(arguments: ["127.0.0.1", "::1"]) func echoRequestsAreReplied(address: String) throws {
    let result = try TestProber.result(of: CheckDefinition(.icmp, port: nil), at: address)
    if result.reason.kind == .local {
      #expect(result.reason.detail.contains("net.ipv4.ping_group_range"), "\(result)")
    } else {
      #expect(result.reason == Reason(.success, "echo reply"))
      #expect(result.responseTime != nil)
    }
  }

  @Test func echoRepliesAreCompared() throws {
    for (family, request, reply) in [(IPAddress.Family.v4, UInt8(8), UInt8(0)), (.v6, 128, 129)] {
      var exchange = EchoExchange(family)
      guard case .send(var octets) = exchange.open() else { throw TestProber.Missing() }
      #expect(octets[0] == request && octets.count == 24)
      #expect(exchange.receive(octets.span) == .wait)
      octets[0] = reply
      let short = Array(octets.dropLast())
      #expect(exchange.receive(short.span) == .wait)
      octets[23] ^= 1
      #expect(exchange.receive(octets.span) == .wait)
      octets[23] ^= 1
      #expect(exchange.receive(octets.span) == .finish(.success("echo reply")))
    }
  }
}
