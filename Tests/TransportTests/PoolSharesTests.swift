import Testing

@testable import Answering
@testable import Transport

/// Members come first as often as their schedule says, and are counted so, over sockets and threads.
@Suite struct PoolSharesTests {
  private static let queries = 500

  @Test(arguments: [1, 2])
  func sharesOverUDP(threads: Int) throws {
    let server = try TestServer(threads: threads)
    var seen = [UInt64](repeating: 0, count: 3)
    for id in 0..<Self.queries {
      // The kernel spreads ports over the sockets of the workers.
      let client = try TestClient(.udp, port: server.port)
      client.send(TestQuery.octets(id: UInt16(id), "shop"))
      let response = TestResponse(octets: try #require(client.receive()))
      #expect(response.id == id && response.answerCount == 1)
      seen[Int(try #require(response.octets.last)) - 20] += 1
    }
    #expect(server.zone.answersGiven(pool: 0) == seen)
    let answered = server.dataPlane.counters().filter { $0.transport == .udp }.map { $0[.received] }
    #expect(answered.count == threads && answered.allSatisfy { $0 > 0 })
    for (count, weight) in zip(seen, [5, 3, 2]) {
      let excess = Int(count) * 10 - Self.queries * weight
      // In tenths of a turn. Exact over whole cycles of one worker; else each worker is less than one turn above.
      if threads == 1 { #expect(excess == 0) } else { #expect(excess < 10 * threads) }
    }
  }

  @Test func workersOfTCPCountToo() throws {
    let server = try TestServer()
    let client = try TestClient(.tcp, port: server.port)
    for id in 0..<20 {
      client.send(TestQuery.framed(id: UInt16(id), "shop"))
      #expect(try #require(client.receiveResponse()).id == id)
    }
    #expect(server.zone.answersGiven(pool: 0) == [10, 6, 4])
  }
}
