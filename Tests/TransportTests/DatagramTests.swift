import Glibc
import Testing

@testable import Transport

@Suite struct DatagramTests {
  @Test func answersFromTheAddressAskedOnAWildcard() throws {
    let server = try TestServer(["0.0.0.0"])
    for address in ["127.0.0.1", "127.0.0.2", "127.1.2.3"] {
      // Connected: an answer from any other address would not be received.
      let client = try TestClient(.udp, to: address, port: server.port)
      client.send(TestQuery.octets(id: 7))
      let response = TestResponse(octets: try #require(client.receive()))
      #expect(response.id == 7)
      #expect(response.answerCount == 1)
    }
  }

  @Test func answersIPv6() throws {
    for address in ["::", "::1"] {
      let server = try TestServer([address])
      let client = try TestClient(.udp, to: "::1", port: server.port)
      client.send(TestQuery.octets(id: 8))
      #expect(TestResponse(octets: try #require(client.receive())).id == 8)
    }
  }

  @Test func answersEverySocketOfABurst() throws {
    let server = try TestServer()
    let clients = try (0..<200).map { _ in try TestClient(.udp, port: server.port) }
    for (id, client) in clients.enumerated() { client.send(TestQuery.octets(id: UInt16(id))) }
    for (id, client) in clients.enumerated() {
      #expect(TestResponse(octets: try #require(client.receive())).id == id)
    }
    #expect(eventually { server.count(.sent, .udp) == 200 })
    #expect(server.count(.received, .udp) == 200)
    #expect(server.count(.dropped, .udp) == 0)
  }

  @Test func ignoresWhatIsNoQuery() throws {
    let server = try TestServer()
    let client = try TestClient(.udp, port: server.port)
    client.send([])
    client.send([1])
    var response = TestQuery.octets(id: 1)
    response[2] |= 0x80
    client.send(response)
    client.send(TestQuery.octets(id: 2))
    #expect(TestResponse(octets: try #require(client.receive())).id == 2)
    #expect(eventually { server.count(.received, .udp) == 4 })
    #expect(server.count(.ignored, .udp) == 3)
  }

  @Test func answersAQueryLongerThanItsBuffer() throws {
    let server = try TestServer()
    let client = try TestClient(.udp, port: server.port)
    client.send(TestQuery.padded(id: 3, size: 5000))
    let response = TestResponse(octets: try #require(client.receive()))
    #expect(response.id == 3)
    #expect(response.rcode == 1)
    #expect(eventually { server.count(.truncated, .udp) == 1 })
  }

  @Test func takesAQueryOfTheLengthOfItsBuffer() throws {
    let server = try TestServer()
    let client = try TestClient(.udp, port: server.port)
    client.send(TestQuery.padded(id: 4, size: DatagramBatch.messageSize))
    let response = TestResponse(octets: try #require(client.receive()))
    #expect(response.rcode == 0)
    #expect(server.count(.truncated, .udp) == 0)
  }

  @Test(.enabled(if: geteuid() == 0, "needs raw sockets"))
  func aResponseThatCannotBeSentDoesNotStopTheOthers() throws {
    let server = try TestServer()
    let raw = Descriptor(socket(AF_INET, Int32(SOCK_RAW.rawValue), Int32(IPPROTO_UDP)))
    try #require(raw.number >= 0)
    // From port 0, which nothing can be sent to.
    let query = TestQuery.octets(id: 9)
    let length = UInt16(8 + query.count)
    var datagram: [UInt8] = [0, 0, UInt8(server.port >> 8), UInt8(server.port & 0xff)]
    datagram += [UInt8(length >> 8), UInt8(length & 0xff), 0, 0] + query
    let target = SocketAddress(server.listeners.endpoints[0])
    let clients = try (0..<20).map { _ in try TestClient(.udp, port: server.port) }
    for (id, client) in clients.enumerated() {
      target.withPointer { address, length in
        _ = sendto(raw.number, datagram, datagram.count, 0, address, length)
      }
      client.send(TestQuery.octets(id: UInt16(id)))
    }
    for (id, client) in clients.enumerated() {
      #expect(TestResponse(octets: try #require(client.receive())).id == id)
    }
    #expect(eventually { server.count(.dropped, .udp) == 20 })
    #expect(server.count(.sent, .udp) == 20)
  }

  @Test func workersShareAnEndpoint() throws {
    let server = try TestServer(threads: 2)
    // The kernel spreads clients by a hash: that all of 64 fall to one worker does not happen.
    for id in 0..<64 {
      let client = try TestClient(.udp, port: server.port)
      client.send(TestQuery.octets(id: UInt16(id)))
      #expect(TestResponse(octets: try #require(client.receive())).id == id)
      #expect(try TestClient(.tcp, port: server.port).isAnswered())
    }
    for counters in server.dataPlane.counters() { #expect(counters[.received] > 0) }
    #expect(server.count(.received, .udp) == 64)
    #expect(server.count(.received, .tcp) == 64)
  }

  @Test func servesSeveralEndpoints() throws {
    let server = try TestServer(["127.0.0.1", "127.0.0.2", "::1"], threads: 2)
    for endpoint in server.listeners.endpoints {
      let client = try TestClient(.udp, to: "\(endpoint.address)", port: endpoint.port)
      client.send(TestQuery.octets(id: 5))
      #expect(TestResponse(octets: try #require(client.receive())).id == 5)
      #expect(try TestClient(.tcp, to: "\(endpoint.address)", port: endpoint.port).isAnswered())
    }
    #expect(server.dataPlane.counters().count == 3 * 2 + 2)
  }
}
