import Glibc
import Testing

@testable import Transport

@Suite struct ConnectionLimitTests {
  @Test func servesAThousandConnections() throws {
    let server = try TestServer(["0.0.0.0"], threads: 2)
    // 250 of each of four addresses.
    let clients = try (0..<1000).map {
      try TestClient(.tcp, port: server.port, from: "127.0.0.\(1 + $0 % 4)")
    }
    for (id, client) in clients.enumerated() { #expect(client.isAnswered(id: UInt16(id))) }
    #expect(server.dataPlane.connectionCount == 1000)
    #expect(server.count(.limited, .tcp) == 0)
  }

  @Test func servesThreeHundredOfOneAddress() throws {
    let server = try TestServer()
    let clients = try (0..<300).map { _ in try TestClient(.tcp, port: server.port) }
    for (id, client) in clients.enumerated() { #expect(client.isAnswered(id: UInt16(id))) }
    #expect(server.count(.limited, .tcp) == 0)
  }

  @Test func theLongestIdleGivesWayAtTheLimit() throws {
    var settings = TCPSettings()
    settings.maximumConnections = 10
    let server = try TestServer(tcp: settings)
    let clients = try (0..<10).map { _ in try TestClient(.tcp, port: server.port) }
    for client in clients { #expect(client.isAnswered()) }
    // Now the second is the longest idle.
    #expect(clients[0].isAnswered())
    let late = try TestClient(.tcp, port: server.port)
    #expect(late.isAnswered())
    #expect(clients[1].isEnded)
    for client in clients where client !== clients[1] { #expect(client.isAnswered()) }
    #expect(server.dataPlane.connectionCount == 10)
    #expect(server.count(.limited, .tcp) == 1)
  }

  @Test func theLongestIdleOfOneClientGivesWayAtItsLimit() throws {
    var settings = TCPSettings()
    settings.maximumPerClient = 5
    let server = try TestServer(["0.0.0.0"], tcp: settings)
    let other = try TestClient(.tcp, port: server.port, from: "127.0.0.2")
    #expect(other.isAnswered())
    let clients = try (0..<5).map { _ in try TestClient(.tcp, port: server.port, from: "127.0.0.1") }
    for client in clients { #expect(client.isAnswered()) }
    #expect(try TestClient(.tcp, port: server.port, from: "127.0.0.1").isAnswered())
    #expect(clients[0].isEnded)
    #expect(clients[4].isAnswered())
    #expect(other.isAnswered())
  }

  @Test func connectionsOfAllWorkersCount() throws {
    var settings = TCPSettings()
    settings.maximumConnections = 20
    let server = try TestServer(threads: 2, tcp: settings)
    let clients = try (0..<200).map { _ in try TestClient(.tcp, port: server.port) }
    #expect(eventually { server.count(.connections, .tcp) + server.count(.limited, .tcp) >= 200 })
    #expect(eventually { server.dataPlane.connectionCount <= 20 })
    _ = clients
  }
}
