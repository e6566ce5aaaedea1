import Glibc
import Health
import Steering
import TestSupport
import Testing

@testable import Probing

private let host = "www.example.com"
private let response = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nready"

/// Exchanges with a TLS server in memory.
@Suite struct TLSExchangeTests {
  let authority = try! TestAuthority()
  let folder = TemporaryFolder()

  private func exchange(
    _ verification: TLSVerification? = nil, host: String = host, body: String = ""
  ) throws -> TLSExchange {
    let file = folder.write("ca.pem", octets: try authority.pem())
    var probe = HTTPProbe()
    probe.body = Array(body.utf8)
    let inner = HTTPExchange(
      request: Array("GET / HTTP/1.1\r\n\r\n".utf8), expectation: HTTPExpectation(probe), isHead: false)
    return TLSExchange(inner, in: TLSContext(verification ?? .authorities(file)), host: host)
  }

  /// Passes octets on until one of them ends; `change` may spoil what the server says.
  private func run(
    _ exchange: inout TLSExchange, with server: TestTLSServer, pieces size: Int = .max,
    change: ([UInt8]) -> [UInt8] = { $0 }
  ) -> ProbeResult {
    var step = exchange.open()
    var pending: [UInt8] = []
    while true {
      switch step {
      case .wait: break
      case .send(let octets): pending += change(server.exchange(octets))
      case .finish(let result), .finishAfter(_, let result): return result
      case .askOverStream: return .failure(.local, "over a stream")
      }
      guard !pending.isEmpty else { return exchange.end() }
      let piece = Array(pending.prefix(size))
      pending.removeFirst(piece.count)
      step = exchange.receive(piece.span)
    }
  }

  @Test(arguments: [Int.max, 1, 100]) func requestsAndResponsesPass(pieces: Int) throws {
    let server = try TestTLSServer(authority.identity(for: "DNS:\(host)"), response: response)
    var exchange = try exchange(body: "ready")
    let result = run(&exchange, with: server, pieces: pieces)
    #expect(result.reason == Reason(.success, "200, found what was expected"))
    #expect(String(decoding: server.request, as: UTF8.self) == "GET / HTTP/1.1\r\n\r\n")
    #expect(server.name == host)
    let days = Double(try #require(result.certificateExpiry) - Int64(time(nil))) / 86_400
    #expect(days > 9.9 && days <= 10)
  }

  @Test func addressesAreVerifiedAndNotSent() throws {
    let server = try TestTLSServer(authority.identity(for: "IP:192.0.2.1"), response: response)
    var exchange = try exchange(host: "192.0.2.1")
    #expect(run(&exchange, with: server).reason == Reason(.success, "200"))
    #expect(server.name == nil)
    var other = try self.exchange(host: "192.0.2.2")
    let otherServer = try TestTLSServer(authority.identity(for: "IP:192.0.2.1"), response: response)
    #expect(run(&other, with: otherServer).reason.kind == .certificate)
  }

  /// Nothing is sent to a member whose certificate is wrong, but its expiry is known.
  @Test(arguments: [
    ("DNS:other.example.com", 10, "hostname mismatch"),
    ("DNS:\(host)", -3, "certificate has expired"),
    ("DNS:*.example.com", -1, "certificate has expired"),
  ])
  func wrongCertificatesAreTold(alternative: String, days: Int, detail: String) throws {
    let server = try TestTLSServer(authority.identity(for: alternative, days: days), response: response)
    var exchange = try exchange()
    let result = run(&exchange, with: server)
    #expect(result.reason == Reason(.certificate, "certificate for \(host): \(detail)"))
    #expect(server.request.isEmpty)
    let expiry = Double(try #require(result.certificateExpiry) - Int64(time(nil))) / 86_400
    #expect(abs(expiry - Double(days)) < 0.1)

    let unverified = try TestTLSServer(authority.identity(for: alternative, days: days), response: response)
    var careless = try self.exchange(TLSVerification.none)
    let carelessResult = run(&careless, with: unverified)
    #expect(carelessResult.reason == Reason(.success, "200"))
    #expect(carelessResult.certificateExpiry == result.certificateExpiry)
  }

  @Test func unknownAuthoritiesAreTold() throws {
    let other = try TestAuthority("Other")
    let server = try TestTLSServer(other.identity(for: "DNS:\(host)"), response: response)
    var exchange = try exchange()
    #expect(
      run(&exchange, with: server).reason
        == Reason(.certificate, "certificate for \(host): unable to get local issuer certificate"))
    let again = try TestTLSServer(authority.identity(for: "DNS:\(host)"), response: response)
    var system = try self.exchange(.system)
    #expect(run(&system, with: again).reason.kind == .certificate)
  }

  @Test func aFileOfAuthoritiesIsReadAnew() throws {
    let context = TLSContext(.authorities(folder.path + "/later.pem"))
    func result() throws -> Reason {
      let server = try TestTLSServer(authority.identity(for: "DNS:\(host)"), response: response)
      let inner = HTTPExchange(request: [65], expectation: HTTPExpectation(HTTPProbe()), isHead: false)
      var exchange = TLSExchange(inner, in: context, host: host)
      return run(&exchange, with: server).reason
    }
    let missing = try result()
    #expect(missing == Reason(.local, "cannot read ca=\(folder.path)/later.pem: No such file or directory"))
    folder.write("later.pem", "nonsense")
    let wrong = try result()
    #expect(
      wrong.kind == .local && wrong.detail.hasPrefix("cannot read ca=\(folder.path)/later.pem: "), "\(wrong)")
    folder.write("later.pem", octets: try TestAuthority("Other").pem())
    #expect(try result().kind == .certificate)
    folder.write("later.pem", octets: try authority.pem())
    #expect(try result().kind == .success)
  }

  @Test func otherProtocolsAreTold() throws {
    for text in [
      "HTTP/1.1 400 Bad Request\r\n\r\n", "SSH-2.0-OpenSSH\r\n", String(repeating: "\0", count: 100),
    ] {
      var exchange = try exchange()
      _ = exchange.open()
      guard case .finish(let result) = exchange.receive(Array(text.utf8).span) else {
        Issue.record("no end")
        continue
      }
      #expect(result.reason.kind == .tls && result.reason.detail.hasPrefix("no TLS session: "), "\(result)")
    }
    var exchange = try exchange()
    _ = exchange.open()
    #expect(exchange.end().reason == Reason(.closed, "closed before there was a TLS session"))
    #expect(exchange.awaited == "the TLS session")
  }

  /// A member that keeps the session open after the status line does not keep the probe.
  @Test func theStatusLineDecides() throws {
    let server = try TestTLSServer(authority.identity(for: "DNS:\(host)"), response: "HTTP/1.1 503 No\r\n")
    server.ending = .nothing
    var exchange = try exchange()
    #expect(run(&exchange, with: server).reason == Reason(.code, "503 in place of 200-299"))
  }

  @Test func spoiltSessionsEndInAReason() throws {
    var random = SplitMix64.random()
    let identity = try authority.identity(for: "DNS:\(host)")
    for _ in 0..<300 {
      let server = try TestTLSServer(identity, response: response)
      var exchange = try exchange()
      let result = run(&exchange, with: server, pieces: .random(in: 1...2_000, using: &random)) { octets in
        Bool.random(using: &random) ? octets : mutated(octets, using: &random)
      }
      #expect(
        [.success, .tls, .certificate, .closed, .code, .malformed].contains(result.reason.kind),
        "\(result), seed \(random.seed)")
    }
  }
}
