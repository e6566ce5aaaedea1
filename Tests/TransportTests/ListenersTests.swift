import DNSWire
import Glibc
import Testing

@testable import Answering
@testable import Transport

@Suite struct ListenersTests {
  private func endpoint(_ text: String) throws -> Endpoint { try Endpoint(parsing: text) }

  @Test func aFreePortIsTheSameForBothTransports() throws {
    let listeners = try Listeners([try endpoint("127.0.0.1:0"), try endpoint("[::1]:0")], threads: 3)
    for (index, endpoint) in listeners.endpoints.enumerated() {
      #expect(endpoint.port != 0)
      #expect(listeners.udp[index].count == 3)
      #expect(listeners.tcp[index].count == 3)
      for socket in listeners.udp[index] + listeners.tcp[index] {
        #expect(try System.port(of: socket) == endpoint.port)
      }
    }
  }

  /// Each transport, held by a socket that shares the port, or does not.
  @Test(arguments: [TransportKind.udp, .tcp], [false, true])
  func aPortThatIsTaken(transport: TransportKind, isShared: Bool) throws {
    let holder = try System.socket(.v4, transport)
    if isShared { try System.setOption(holder, level: SOL_SOCKET, option: SO_REUSEPORT, to: 1) }
    try System.bind(holder, to: try endpoint("127.0.0.1:0"))
    if transport == .tcp { try System.listen(holder, backlog: 1) }
    let taken = Endpoint(address: IPAddress(v4: 0x7f00_0001), port: try System.port(of: holder))
    let error = #expect(throws: ListenError.self) { try Listeners([taken], threads: 1) }
    #expect(error == .failed(taken, transport, .addressInUse))
    let name = transport == .udp ? "UDP" : "TCP"
    #expect(
      "\(try #require(error))"
        == "cannot listen on 127.0.0.1 port \(taken.port) (\(name)): Address already in use; "
        + "another server has the port")
  }

  @Test func aSecondServerIsRefused() throws {
    let first = try TestServer(["0.0.0.0"], threads: 2)
    #expect(throws: ListenError.self) { try Listeners(first.listeners.endpoints, threads: 2) }
    #expect(throws: ListenError.self) {
      try Listeners([Endpoint(address: IPAddress(v4: 0x7f00_0001), port: first.port)], threads: 2)
    }
  }

  @Test func restartsWhereConnectionsHaveJustBeen() throws {
    let first = try TestServer()
    let client = try TestClient(.tcp, port: first.port)
    #expect(client.isAnswered())
    let endpoints = first.listeners.endpoints
    first.dataPlane.stop()
    #expect(client.isEnded)
    // The first server's sockets are still there, as it is still referred to.
    #expect(throws: ListenError.self) { try Listeners(endpoints, threads: 1) }
    withExtendedLifetime(first) {}
  }

  @Test func closesItsSocketsWhenOneFails() throws {
    let holder = try Listeners([try endpoint("127.0.0.1:0")], threads: 1)
    let taken = holder.endpoints[0]
    // An address of no other test: connections that are just over keep their port.
    let free = Endpoint(address: IPAddress(v4: 0x7f03_0303), port: taken.port)
    #expect(throws: ListenError.self) { try Listeners([free, taken], threads: 2) }
    #expect(try Listeners([free], threads: 2).endpoints == [free])
    withExtendedLifetime(holder) {}
  }

  @Test(arguments: [
    ("127.0.0.1:5300", "127.0.0.1:5300", "127.0.0.1 port 5300: it is given twice"),
    ("0.0.0.0:5300", "127.0.0.1:5300", "127.0.0.1 port 5300: 0.0.0.0 port 5300 covers it"),
    ("[2001:db8::1]:5300", "[::]:5300", "2001:db8::1 port 5300: :: port 5300 covers it"),
  ])
  func endpointsThatOverlap(first: String, second: String, problem: String) throws {
    let error = #expect(throws: ListenError.self) {
      try Listeners([try endpoint(first), try endpoint(second)], threads: 1)
    }
    #expect("\(try #require(error))" == "cannot listen on " + problem)
  }

  @Test func anAddressOfNobody() throws {
    let error = #expect(throws: ListenError.self) {
      try Listeners([try endpoint("203.0.113.1:5300")], threads: 1)
    }
    #expect(
      "\(try #require(error))"
        == "cannot listen on 203.0.113.1 port 5300 (UDP): Cannot assign requested address; "
        + "no interface has the address")
  }

  @Test func thePortsOfTheSystem() throws {
    let error = ListenError.failed(try endpoint("127.0.0.1"), .udp, .permissionDenied)
    #expect(
      "\(error)"
        == "cannot listen on 127.0.0.1 port 53 (UDP): Permission denied; "
        + "run as root or grant CAP_NET_BIND_SERVICE")
  }
}
