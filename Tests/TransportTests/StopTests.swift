import Glibc
import Testing

@testable import Transport

@Suite struct StopTests {
  @Test func closesIdleConnectionsAtOnce() throws {
    let server = try TestServer(["127.0.0.1", "::1"], threads: 2)
    let clients = try (0..<10).map { _ in try TestClient(.tcp, port: server.port) }
    for client in clients { #expect(client.isAnswered()) }
    server.dataPlane.stop()
    for client in clients { #expect(client.isEnded) }
    #expect(server.dataPlane.connectionCount == 0)
    server.dataPlane.stop()
  }

  @Test func answersWhatHasArrived() throws {
    let server = try TestServer()
    let client = try TestClient(.tcp, port: server.port)
    client.send(TestQuery.framed(id: 1) + TestQuery.framed(id: 2))
    server.dataPlane.stop()
    #expect(client.receiveResponse()?.id == 1)
    #expect(client.receiveResponse()?.id == 2)
    #expect(client.isEnded)
  }

  /// More of them than one turn takes.
  @Test func answersConnectionsThatWaitToBeAccepted() throws {
    let listeners = try Listeners([try Endpoint(parsing: "127.0.0.1:0")], threads: 1)
    let clients = try (0..<400).map { _ in try TestClient(.tcp, port: listeners.endpoints[0].port) }
    for client in clients { client.send(TestQuery.framed(id: 1)) }
    let server = try TestServer(listeners)
    server.dataPlane.stop()
    for client in clients {
      try #require(client.receiveResponse()?.id == 1)
      #expect(client.isEnded)
    }
  }

  @Test func finishesResponsesThatWait() async throws {
    let server = try TestServer()
    let client = try TestClient(.tcp, port: server.port, receiveBuffer: 65_536)
    let count = 100
    client.send(
      (0..<count).flatMap { TestQuery.framed(id: UInt16($0), TestQuery.big, type: TestQuery.typeTXT) })
    #expect(eventually { server.count(.received, .tcp) > 0 })
    let stopping = try WorkerThread(name: "stop", core: nil) { server.dataPlane.stop() }
    for id in 0..<count { #expect(client.receiveResponse()?.id == id) }
    #expect(client.isEnded)
    stopping.join()
  }

  @Test func doesNotWaitForEverForAClientThatDoesNotRead() throws {
    var settings = TCPSettings()
    settings.drainTimeout = .milliseconds(200)
    let server = try TestServer(tcp: settings)
    let client = try TestClient(.tcp, port: server.port, receiveBuffer: 4096)
    client.send(
      (0..<200).flatMap { TestQuery.framed(id: UInt16($0), TestQuery.big, type: TestQuery.typeTXT) })
    #expect(eventually { server.count(.received, .tcp) > 0 })
    let start = seconds()
    server.dataPlane.stop()
    #expect(seconds() - start < 8)
    #expect(server.dataPlane.connectionCount == 0)
  }

  @Test func endsWorkersUnderLoad() throws {
    let server = try TestServer(threads: 2)
    let clients = try (0..<64).map { _ in try TestClient(.udp, port: server.port) }
    for client in clients {
      for id in 0..<50 { client.send(TestQuery.octets(id: UInt16(id))) }
    }
    server.dataPlane.stop()
    #expect(server.count(.received, .udp) <= 64 * 50)
  }
}
