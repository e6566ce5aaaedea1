import DNSWire
import Glibc
import Testing

@testable import Answering
@testable import Transport

/// Queries that want an explanation, on their way to who explains and back.
@Suite struct ExplanationTests {
  private static func explained(_ octets: [UInt8], _ id: Int) -> Bool {
    let response = TestResponse(octets: octets)
    return response.isResponse && response.id == id && response.rcode == 0
  }

  // MARK: UDP

  @Test(arguments: [
    ("127.0.0.1", "127.0.0.1"), ("0.0.0.0", "127.0.0.1"), ("0.0.0.0", "127.1.2.3"), ("::1", "::1"),
    ("::", "::1"),
  ])
  func explainsFromTheAddressAsked(_ listen: String, _ address: String) throws {
    let explainer = TestExplainer()
    let server = try TestServer([listen], explainer: explainer.explain)
    // Connected: a response from any other address would not be received.
    let client = try TestClient(.udp, to: address, port: server.port)
    let query = TestQuery.explanation(id: 7)
    client.send(query)
    #expect(Self.explained(try #require(client.receive()), 7))
    let request = try #require(explainer.requests.first)
    #expect(request.message == query)
    #expect(request.client == IPAddress(listen.contains(":") ? "::1" : "127.0.0.1"))
    #expect(request.transport == .udp)
  }

  @Test func everyWorkerHasItsQueriesExplained() throws {
    let explainer = TestExplainer()
    let server = try TestServer(["127.0.0.1", "127.0.0.2"], threads: 2, explainer: explainer.explain)
    for endpoint in server.listeners.endpoints {
      for id in 0..<20 {
        let client = try TestClient(.udp, to: "\(endpoint.address)", port: endpoint.port)
        client.send(TestQuery.explanation(id: UInt16(id)))
        #expect(Self.explained(try #require(client.receive()), id))
        let stream = try TestClient(.tcp, to: "\(endpoint.address)", port: endpoint.port)
        stream.send(TestQuery.framed(TestQuery.explanation(id: UInt16(id))))
        #expect(Self.explained(try #require(stream.receiveResponse()).octets, id))
      }
    }
    // All of them were asked: chance leaves one of two workers out once in 2^19.
    let asked = server.dataPlane.counters().filter { $0[.received] > 0 }
    #expect(asked.count == server.dataPlane.counters().count)
  }

  @Test func nobodyWaitsForExplanations() throws {
    let explainer = TestExplainer(isHeld: true)
    let server = try TestServer(explainer: explainer.explain)
    let asking = try TestClient(.udp, port: server.port)
    for id in 0..<2_000 { asking.send(TestQuery.explanation(id: UInt16(id))) }
    // More than there is room for: these are dropped, and counted.
    #expect(eventually { server.count(.received, .udp) == 2_000 })
    let dropped = server.count(.unexplained, .udp)
    #expect(dropped > 1_500)
    #expect(server.count(.dropped, .udp) == 0)
    // Others are answered, and who asks over TCP is told.
    let client = try TestClient(.udp, port: server.port)
    client.send(TestQuery.octets(id: 9))
    #expect(TestResponse(octets: try #require(client.receive())).answerCount == 1)
    let stream = try TestClient(.tcp, port: server.port)
    stream.send(TestQuery.framed(TestQuery.explanation(id: 1)) + TestQuery.framed(id: 2))
    #expect(try #require(stream.receiveResponse()).rcode == 2)
    #expect(try #require(stream.receiveResponse()).answerCount == 1)
    #expect(server.count(.unexplained, .tcp) == 1)
    // All that was taken is explained in the end.
    explainer.release()
    let ids = try (0..<(2_000 - dropped)).map { _ in
      let octets = try #require(asking.receive())
      return Self.explained(octets, TestResponse(octets: octets).id) ? TestResponse(octets: octets).id : -1
    }
    #expect(ids.first == 0)
    #expect(ids == Set(ids).sorted())
    stream.send(TestQuery.framed(TestQuery.explanation(id: 3)))
    #expect(try #require(stream.receiveResponse()).rcode == 0)
  }

  @Test func whatHasNoExplanationGetsNoResponse() throws {
    let server = try TestServer { _ in [] }
    for transport in [TransportKind.udp, .tcp] {
      let client = try TestClient(transport, port: server.port)
      let queries = [TestQuery.explanation(id: 1), TestQuery.octets(id: 2)]
      for query in queries { client.send(transport == .udp ? query : TestQuery.framed(query)) }
      let response = transport == .udp ? client.receive() : client.receiveResponse()?.octets
      #expect(TestResponse(octets: try #require(response)).id == 2)
      client.finishSending()
      if transport == .tcp { #expect(client.isEnded) }
    }
  }

  // MARK: TCP

  @Test func otherAnswersOvertakeExplanations() throws {
    let explainer = TestExplainer(isHeld: true)
    let server = try TestServer(explainer: explainer.explain)
    let client = try TestClient(.tcp, port: server.port)
    client.send(
      TestQuery.framed(TestQuery.explanation(id: 1)) + TestQuery.framed(id: 2)
        + TestQuery.framed(TestQuery.explanation(id: 3)) + TestQuery.framed(id: 4))
    #expect(try #require(client.receiveResponse()).id == 2)
    #expect(try #require(client.receiveResponse()).id == 4)
    explainer.release(1)
    #expect(try #require(client.receiveResponse()).id == 1)
    #expect(client.isAnswered(id: 5))
    explainer.release()
    #expect(try #require(client.receiveResponse()).id == 3)
    #expect(eventually { server.count(.sent, .tcp) == 5 })
    #expect(server.count(.ignored, .tcp) == 0)
  }

  @Test func whoHasFinishedSendingStillGetsExplanations() throws {
    let explainer = TestExplainer(isHeld: true)
    let server = try TestServer(explainer: explainer.explain)
    let client = try TestClient(.tcp, port: server.port)
    client.send((1...3).flatMap { TestQuery.framed(TestQuery.explanation(id: $0)) })
    client.finishSending()
    #expect(eventually { explainer.requests.count == 1 })
    #expect(!client.isReadable)
    explainer.release()
    for id in 1...3 { #expect(Self.explained(try #require(client.receiveResponse()).octets, id)) }
    #expect(client.isEnded)
    #expect(eventually { server.dataPlane.connectionCount == 0 })
  }

  /// The kernel would tell of it for as long as the explanation takes.
  @Test func aResetEndsTheWaitForAnExplanation() throws {
    var settings = TCPSettings()
    settings.idleTimeout = .seconds(60)
    let explainer = TestExplainer(isHeld: true)
    let server = try TestServer(tcp: settings, explainer: explainer.explain)
    do {
      let client = try TestClient(.tcp, port: server.port)
      client.resetOnClose()
      client.send(TestQuery.framed(TestQuery.explanation(id: 1)))
      client.finishSending()
      #expect(eventually { explainer.requests.count == 1 })
      #expect(server.dataPlane.connectionCount == 1)
    }
    #expect(eventually { server.dataPlane.connectionCount == 0 })
    explainer.release()
  }

  @Test func anExplanationOfAConnectionThatIsGoneReachesNobody() throws {
    let explainer = TestExplainer(isHeld: true)
    let server = try TestServer(explainer: explainer.explain)
    do {
      let first = try TestClient(.tcp, port: server.port)
      first.resetOnClose()
      first.send(TestQuery.framed(TestQuery.explanation(id: 1)))
      #expect(eventually { explainer.requests.count == 1 })
    }
    #expect(eventually { server.dataPlane.connectionCount == 0 })
    // Takes over the slot.
    let second = try TestClient(.tcp, port: server.port)
    #expect(second.isAnswered(id: 2))
    second.send(TestQuery.framed(TestQuery.explanation(id: 3)))
    explainer.release()
    #expect(try #require(second.receiveResponse()).id == 3)
    #expect(second.isAnswered(id: 4))
  }

  @Test func explanationsGoBehindWhatAClientHasNotTaken() throws {
    let explainer = TestExplainer(isHeld: true, filling: 3_000)
    let server = try TestServer(explainer: explainer.explain)
    let client = try TestClient(.tcp, port: server.port, receiveBuffer: 4096)
    let count = 100
    client.send(
      TestQuery.framed(TestQuery.explanation(id: 1_000))
        + (0..<count).flatMap { TestQuery.framed(id: UInt16($0), TestQuery.big, type: TestQuery.typeTXT) })
    // Nothing tells that it waits now but that no more responses are made.
    var made = -1
    #expect(
      eventually {
        let before = made
        made = server.count(.received, .tcp)
        usleep(20_000)
        return made > 1 && made == before
      })
    explainer.release()
    let responses = (0...count).compactMap { _ in client.receiveResponse() }
    #expect(responses.map(\.id).sorted() == Array(0..<count) + [1_000])
    #expect(responses.first { $0.id == 1_000 }?.octets.count == TestQuery.explanation(id: 0).count + 3_000)
    #expect(responses.allSatisfy { $0.isResponse && ($0.id == 1_000) == ($0.answerCount == 0) })
    #expect(client.isAnswered(id: 2_000))
  }

  @Test func theLongestExplanationGoesThrough() throws {
    let query = TestQuery.explanation(id: 1)
    let explainer = TestExplainer(filling: 65_535 - query.count)
    let server = try TestServer(explainer: explainer.explain)
    let client = try TestClient(.tcp, port: server.port)
    client.send((0..<5).flatMap { _ in TestQuery.framed(query) })
    for _ in 0..<5 { #expect(try #require(client.receiveResponse()).octets.count == 65_535) }
  }

  // MARK: Stopping

  @Test func stoppingWaitsForExplanations() throws {
    var settings = TCPSettings()
    settings.drainTimeout = .seconds(60)
    let explainer = TestExplainer(isHeld: true)
    let server = try TestServer(tcp: settings, explainer: explainer.explain)
    let idle = try TestClient(.tcp, port: server.port)
    #expect(idle.isAnswered())
    let client = try TestClient(.tcp, port: server.port)
    client.send(TestQuery.framed(TestQuery.explanation(id: 1)) + TestQuery.framed(id: 2))
    #expect(try #require(client.receiveResponse()).id == 2)
    let stopping = try WorkerThread(name: "stop", core: nil) { server.dataPlane.stop() }
    // Who waits for nothing is let go at once.
    #expect(idle.isEnded)
    explainer.release()
    #expect(Self.explained(try #require(client.receiveResponse()).octets, 1))
    #expect(client.isEnded)
    stopping.join()
  }

  @Test func stoppingLeavesTheRestUnexplained() throws {
    let explainer = TestExplainer(isHeld: true)
    let server = try TestServer(explainer: explainer.explain)
    let client = try TestClient(.udp, port: server.port)
    for id in 0..<20 { client.send(TestQuery.explanation(id: UInt16(id))) }
    #expect(eventually { server.count(.received, .udp) == 20 && explainer.requests.count == 1 })
    let stopping = try WorkerThread(name: "stop", core: nil) { server.dataPlane.stop() }
    #expect(eventually { server.dataPlane.channel.isClosed })
    explainer.release()
    stopping.join()
    #expect(explainer.requests.count == 1)
  }

  @Test func stoppingDoesNotWaitForEver() throws {
    var settings = TCPSettings()
    settings.drainTimeout = .milliseconds(200)
    let explainer = TestExplainer(isHeld: true)
    let server = try TestServer(tcp: settings, explainer: explainer.explain)
    let client = try TestClient(.tcp, port: server.port)
    client.send(TestQuery.framed(TestQuery.explanation(id: 1)))
    #expect(eventually { explainer.requests.count == 1 })
    let stopping = try WorkerThread(name: "stop", core: nil) { server.dataPlane.stop() }
    #expect(client.isEnded)
    #expect(eventually { server.dataPlane.connectionCount == 0 })
    explainer.release()
    stopping.join()
  }
}
