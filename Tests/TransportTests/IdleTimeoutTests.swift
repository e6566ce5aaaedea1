import Glibc
import Testing

@testable import Transport

/// One at a time, as they look at the clock.
@Suite(.serialized) struct IdleTimeoutTests {
  private func server() throws -> TestServer {
    var settings = TCPSettings()
    settings.idleTimeout = .milliseconds(400)
    return try TestServer(tcp: settings)
  }

  @Test func closesAnIdleConnection() throws {
    let server = try server()
    let start = seconds()
    let client = try TestClient(.tcp, port: server.port)
    #expect(client.isEnded)
    #expect(seconds() - start > 0.39)
    #expect(server.count(.timedOut, .tcp) == 1)
    #expect(server.dataPlane.connectionCount == 0)
  }

  @Test func octetsOfAQueryThatIsNeverFinishedDoNotCount() throws {
    let server = try server()
    let client = try TestClient(.tcp, port: server.port)
    let start = seconds()
    // A thousand octets at fifty a second would take twenty seconds.
    client.send([3, 0xe8])
    while !client.isReadable, seconds() - start < 8 {
      client.send([0])
      usleep(20_000)
    }
    #expect(client.isEnded)
    #expect(seconds() - start > 0.39)
    #expect(seconds() - start < 8)
  }

  @Test func messagesThatAreNotAnsweredDoNotCount() throws {
    let server = try server()
    let client = try TestClient(.tcp, port: server.port)
    let start = seconds()
    while !client.isReadable, seconds() - start < 8 {
      client.send([0, 0])
      usleep(20_000)
    }
    #expect(client.isEnded)
    #expect(seconds() - start < 8)
  }

  @Test func aClientThatDoesNotReadIsClosed() throws {
    let server = try server()
    let client = try TestClient(.tcp, port: server.port, receiveBuffer: 4096)
    client.send(
      (0..<200).flatMap { TestQuery.framed(id: UInt16($0), TestQuery.big, type: TestQuery.typeTXT) })
    #expect(eventually { server.count(.timedOut, .tcp) == 1 && server.dataPlane.connectionCount == 0 })
    #expect(server.count(.dropped, .tcp) > 0)
  }

  @Test func queriesKeepAConnection() throws {
    let server = try server()
    let client = try TestClient(.tcp, port: server.port)
    let start = seconds()
    while seconds() - start < 1.2 {
      #expect(client.isAnswered())
      usleep(100_000)
    }
    #expect(server.count(.timedOut, .tcp) == 0)
    #expect(client.isEnded)
  }
}
