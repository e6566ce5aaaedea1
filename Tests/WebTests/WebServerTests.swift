import Glibc
import NIOPosix
import Synchronization
import Testing

@testable import Web

/// A server as its clients see it, through real sockets.
@Suite struct WebServerTests {
  private static func server(_ limits: WebLimits = WebLimits()) throws -> WebServer {
    let server = try WebServer(
      [WebPlace(address: "127.0.0.1", port: 0)], limits: limits, hosts: ["ns1.example"])
    server.serve { request, reply in
      let parameters = request.parameters.map { "\($0.name)=\($0.value)" }.joined(separator: ",")
      reply(.response(WebResponse("text/plain", Array("\(request.path) \(parameters)".utf8))))
    }
    return server
  }

  @Test(arguments: [
    ("GET /a?b=c&d=%2F+x HTTP/1.1\r\nHost: localhost\r\n\r\n", "200", "/a b=c,d=/ x"),
    ("GET http://localhost/a?b HTTP/1.1\r\nHost: localhost\r\n\r\n", "200", "/a b="),
    ("GET /%41%ff HTTP/1.1\r\nHost: localhost\r\n\r\n", "400", nil),
    ("GET /%4 HTTP/1.1\r\nHost: localhost\r\n\r\n", "400", nil),
    ("GET a HTTP/1.1\r\nHost: localhost\r\n\r\n", "400", nil),
    ("GET / HTTP/1.1\r\n\r\n", "400", nil),
    ("GET / HTTP/1.0\r\n\r\n", "200", "/ "),
    ("GET / HTTP/1.1\r\nHost: localhost\r\nHost: localhost\r\n\r\n", "400", nil),
    ("GET / HTTP/1.1\r\nHost: NS1.example.:80\r\n\r\n", "200", "/ "),
    ("GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n", "421", nil),
    ("GET http://evil.example/ HTTP/1.1\r\nHost: localhost\r\n\r\n", "421", nil),
    ("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n", "405", nil),
    ("OPTIONS * HTTP/1.1\r\nHost: localhost\r\n\r\n", "405", nil),
    ("GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\n\r\nx", "413", nil),
    ("GET / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n", "413", nil),
    ("GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n", "400", nil),
    ("GET / HTTP/1.1\r\nHost localhost\r\n\r\n", "400", nil),
    ("GET / HTTP/9.9\r\nHost: localhost\r\n\r\n", "400", nil),
    ("\u{16}\u{3}\u{1}\u{2}\u{0}\u{1}\r\n\r\n", "400", nil),
    ("GET /" + String(repeating: "a", count: 20_000), "400", nil),
    ("GET / HTTP/1.1\r\nX: " + String(repeating: "a", count: 20_000), "400", nil),
    ("GET / HTTP/1.1\r\n" + String(repeating: "X: a\r\n", count: 100), "400", nil),
    (
      "GET / HTTP/1.1\r\n" + String(repeating: "X: \(String(repeating: "a", count: 300))\r\n", count: 60),
      "400", nil
    ),
  ])
  func singleRequests(_ request: String, _ status: String, _ body: String?) throws {
    let server = try Self.server()
    defer { server.stop() }
    let answer = try WebClient(server).ask(request)
    #expect(answer.status == status)
    if let body { #expect(answer.body == body) }
    // It goes on for others.
    #expect(try WebClient(server).ask("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n").status == "200")
  }

  @Test func requestsComeOneAfterTheOtherOrAllAtOnce() throws {
    let server = try Self.server()
    defer { server.stop() }
    let client = try WebClient(server)
    for index in 0..<5 {
      #expect(client.ask("GET /\(index) HTTP/1.1\r\nHost: [::1]\r\n\r\n").body == "/\(index) ")
    }
    Thread.detach { client.send(String(repeating: "PUT / HTTP/1.1\r\nHost: a\r\n\r\n", count: 5_000)) }
    for _ in 0..<5_000 where client.ask("").status != "405" { Issue.record("no 405") }
    let many = (0..<500).map { "GET /\($0) HTTP/1.1\r\nHost: [::1]\r\n\r\n" }.joined()
    Thread.detach { client.send(many) }
    for index in 0..<500 {
      let answer = client.ask("")
      #expect(answer.body == "/\(index) ")
      if answer.body.isEmpty { break }
    }
  }

  @Test func aHeadHasNoBody() throws {
    let server = try Self.server()
    defer { server.stop() }
    let client = try WebClient(server)
    client.send("HEAD /abc HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
    let response = client.receiveAll()
    #expect(response.hasPrefix("HTTP/1.1 200 OK\r\n"))
    #expect(response.contains("Content-Length: 5\r\n"))
    #expect(response.contains("default-src 'none'"))
    #expect(response.hasSuffix("\r\n\r\n"))
  }

  /// Random octets, random prefixes of a request, and random changes to it: each connection is answered or closed, and
  /// the next client is served.
  @Test func whatIsNoHTTPHarmsNobody() throws {
    var limits = WebLimits()
    limits.requestPatience = .milliseconds(200)
    let server = try Self.server(limits)
    defer { server.stop() }
    let seed = UInt64.random(in: 0...UInt64.max)
    var random = Xorshift(state: seed | 1)
    let request = Array("GET /a?b=c HTTP/1.1\r\nHost: localhost\r\nAccept: */*\r\n\r\n".utf8)
    for round in 0..<200 {
      var octets = request
      switch round % 3 {
      case 0: octets = (0..<Int(random.next() % 300)).map { _ in UInt8(truncatingIfNeeded: random.next()) }
      case 1: octets = Array(request.prefix(Int(random.next() % UInt64(request.count))))
      default: octets[Int(random.next() % UInt64(octets.count))] = UInt8(truncatingIfNeeded: random.next())
      }
      let client = try WebClient(server)
      client.send(String(decoding: octets, as: UTF8.self))
      if round % 20 == 0 { _ = client.receiveAll() }
    }
    #expect(
      try WebClient(server).ask("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n").status == "200", "seed \(seed)")
  }

  @Test func whoDoesNotAskIsLetGo() throws {
    var limits = WebLimits()
    limits.requestPatience = .milliseconds(100)
    let server = try Self.server(limits)
    defer { server.stop() }
    let client = try WebClient(server)
    client.send("GET / HTTP/1.1\r\nHo")
    #expect(client.receiveAll().isEmpty)
  }

  @Test func theLongestIdleGivesWay() throws {
    var limits = WebLimits()
    limits.connections = 3
    let server = try Self.server(limits)
    defer { server.stop() }
    let clients = try (0..<3).map { _ in try WebClient(server) }
    for client in clients { #expect(client.ask("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n").status == "200") }
    // A request that does not come to an end does not count as work.
    clients[0].send("GET / HTTP/1.1\r\n")
    #expect(try WebClient(server).ask("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n").status == "200")
    #expect(clients[0].receiveAll().isEmpty)
    #expect(clients[2].ask("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n").status == "200")
  }

  @Test func untilItServesItSaysSo() throws {
    let server = try WebServer([WebPlace(address: "127.0.0.1", port: 0)])
    defer { server.stop() }
    #expect(try WebClient(server).ask("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n").status == "503")
  }

  @Test func aPortThatIsTakenIsNamed() throws {
    let server = try Self.server()
    defer { server.stop() }
    let error = #expect(throws: WebServer.ListenError.self) { try WebServer(server.places) }
    #expect("\(try #require(error))".hasPrefix("cannot listen on \(server.places[0]) for HTTP: "))
  }

  @Test func streamsGoOnAndAreFew() throws {
    var limits = WebLimits()
    limits.streams = 2
    let server = try WebServer([WebPlace(address: "127.0.0.1", port: 0)], limits: limits)
    defer { server.stop() }
    let streams = Mutex<[WebStream]>([])
    server.serve { _, reply in
      reply(
        .stream { stream in
          streams.withLock { $0.append(stream) }
          stream.send("first", "1")
        })
    }
    let request = "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"
    let clients = try (0..<2).map { _ in try WebClient(server) }
    for client in clients {
      client.send(request)
      #expect(
        client.receive(to: "data: 1\n\n").hasPrefix("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream"))
    }
    #expect(try WebClient(server).ask(request).status == "503")
    for stream in streams.withLock({ $0 }) { stream.send("second", "2") }
    for client in clients { #expect(client.receive(to: "data: 2\n\n").contains("event: second\n")) }
    streams.withLock { $0 }[0].end()
    _ = clients[0].receiveAll()
    let next = try WebClient(server)
    next.send(request)
    #expect(next.receive(to: "data: 1\n\n").contains("event: first\n"))
  }

  /// A client that asks for much and reads nothing costs its own connection.
  @Test func whoDoesNotReadIsLetGo() throws {
    var limits = WebLimits()
    limits.responsePatience = .milliseconds(200)
    let server = try WebServer([WebPlace(address: "127.0.0.1", port: 0)], limits: limits)
    defer { server.stop() }
    let body = [UInt8](repeating: 0x61, count: 50_000_000)
    server.serve { _, reply in reply(.response(WebResponse("text/plain", body))) }
    let client = try WebClient(server)
    client.send("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
    usleep(600_000)
    #expect(client.receiveAll().utf8.count < 50_000_000)
  }
}

private struct Xorshift {
  var state: UInt64

  mutating func next() -> UInt64 {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return state
  }
}

private enum Thread {
  /// Runs a piece of work beside the test.
  static func detach(_ work: @escaping @Sendable () -> Void) {
    NIOThreadPool.singleton.submit { _ in work() }
  }
}
