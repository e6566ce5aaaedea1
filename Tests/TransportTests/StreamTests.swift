import Glibc
import Testing

@testable import Transport

@Suite struct StreamTests {
  @Test func answersPipelinedQueriesInOrder() throws {
    let server = try TestServer()
    let client = try TestClient(.tcp, port: server.port)
    client.send((0..<300).flatMap { TestQuery.framed(id: UInt16($0)) })
    for id in 0..<300 { #expect(try #require(client.receiveResponse()).id == id) }
    #expect(client.isAnswered(id: 999))
    #expect(eventually { server.count(.sent, .tcp) == 301 })
  }

  @Test func answersAQueryThatComesOctetByOctet() throws {
    let server = try TestServer()
    let client = try TestClient(.tcp, port: server.port)
    for id in 0..<3 {
      for octet in TestQuery.framed(id: UInt16(id)) { client.send([octet]) }
      #expect(try #require(client.receiveResponse()).id == id)
    }
  }

  @Test func answersAfterTheClientHasFinishedSending() throws {
    let server = try TestServer()
    let client = try TestClient(.tcp, port: server.port)
    client.send((0..<3).flatMap { TestQuery.framed(id: UInt16($0), TestQuery.big, type: TestQuery.typeTXT) })
    client.finishSending()
    for id in 0..<3 {
      let response = try #require(client.receiveResponse())
      #expect(response.id == id)
      #expect(response.answerCount == TestServer.bigRecords)
    }
    #expect(client.isEnded)
    #expect(eventually { server.dataPlane.connectionCount == 0 })
  }

  @Test func closesWhenTheClientDoes() throws {
    let server = try TestServer()
    do {
      let client = try TestClient(.tcp, port: server.port)
      client.send([0, 40, 1, 2])
      #expect(eventually { server.dataPlane.connectionCount == 1 })
    }
    #expect(eventually { server.dataPlane.connectionCount == 0 })
  }

  @Test(arguments: [4097, 5000, 20_000, 65_535])
  func answersTheBeginningOfAMessageThatIsTooLong(size: Int) throws {
    let server = try TestServer()
    let client = try TestClient(.tcp, port: server.port)
    client.send(TestQuery.framed(TestQuery.padded(id: 1, size: size)) + TestQuery.framed(id: 2))
    let first = try #require(client.receiveResponse())
    #expect(first.id == 1)
    #expect(first.rcode == 1)
    let second = try #require(client.receiveResponse())
    #expect(second.id == 2)
    #expect(second.rcode == 0)
    #expect(server.count(.truncated, .tcp) == 1)
  }

  @Test func takesAQueryOfTheLengthOfItsBuffer() throws {
    let server = try TestServer()
    let client = try TestClient(.tcp, port: server.port)
    client.send(
      TestQuery.framed(TestQuery.padded(id: 1, size: ConnectionBuffers.maximumQuery))
        + TestQuery.framed(id: 2))
    #expect(try #require(client.receiveResponse()).rcode == 0)
    #expect(try #require(client.receiveResponse()).id == 2)
  }

  @Test func ignoresWhatIsNoQuery() throws {
    let server = try TestServer()
    let client = try TestClient(.tcp, port: server.port)
    client.send([0, 0, 0, 1, 9] + TestQuery.framed(id: 2))
    #expect(try #require(client.receiveResponse()).id == 2)
    #expect(server.count(.ignored, .tcp) == 2)
  }

  @Test func aSlowReaderGetsEverythingInOrder() throws {
    let server = try TestServer()
    let client = try TestClient(.tcp, port: server.port, receiveBuffer: 4096)
    // Some 12 MB of responses: more than the sockets hold.
    let count = 200
    client.send(
      (0..<count).flatMap { TestQuery.framed(id: UInt16($0), TestQuery.big, type: TestQuery.typeTXT) })
    #expect(try TestClient(.tcp, port: server.port).isAnswered())
    for id in 0..<count {
      let response = try #require(client.receiveResponse())
      #expect(response.id == id)
      #expect(response.answerCount == TestServer.bigRecords)
    }
    #expect(client.isAnswered(id: 12345))
  }

  @Test func waitingResponsesAreBounded() throws {
    var settings = TCPSettings()
    settings.maximumWaiting = 1
    let server = try TestServer(tcp: settings)
    let queries = (0..<200).flatMap {
      TestQuery.framed(id: UInt16($0), TestQuery.big, type: TestQuery.typeTXT)
    }
    let first = try TestClient(.tcp, port: server.port, receiveBuffer: 4096)
    first.send(queries)
    // Nothing tells that it waits now but that no more responses are made.
    var made = -1
    #expect(
      eventually {
        let before = made
        made = server.count(.received, .tcp)
        usleep(20_000)
        return made > 0 && made == before
      })
    let second = try TestClient(.tcp, port: server.port, receiveBuffer: 4096)
    second.send(queries)
    #expect(eventually { server.count(.limited, .tcp) == 1 })
    #expect(eventually { server.dataPlane.connectionCount == 1 })
    for id in 0..<200 { #expect(try #require(first.receiveResponse()).id == id) }
    #expect(try TestClient(.tcp, port: server.port).isAnswered())
  }

  @Test func survivesAResetInTheMiddleOfAResponse() throws {
    let server = try TestServer()
    for _ in 0..<20 {
      let client = try TestClient(.tcp, port: server.port, receiveBuffer: 4096)
      client.resetOnClose()
      client.send(
        (0..<100).flatMap { TestQuery.framed(id: UInt16($0), TestQuery.big, type: TestQuery.typeTXT) })
      _ = client.receive(1)
    }
    #expect(eventually { server.dataPlane.connectionCount == 0 })
    #expect(try TestClient(.tcp, port: server.port).isAnswered())
  }
}
