import DNSWire
import Testing

@testable import Answering
@testable import Transport

@Suite struct DatagramBatchTests {
  /// Each group is foreseen from its own datagrams, the last from those that are left.
  @Test func everyGroupIsForeseen() throws {
    let server = try TestServer()
    let publisher = SnapshotPublisher(
      Snapshot(zones: [.loaded(server.zone)], settings: AnswerSettings(), cachedSize: 0, cachedPools: 0),
      workers: server.listeners.workerCount)
    let socket = try System.socket(.v4, .udp)
    try System.bind(socket, to: Endpoint(address: IPAddress(v4: 0x7f00_0001), port: 0))
    let client = try TestClient(.udp, port: try #require(try System.endpoint(of: socket)).port)
    let isPool = { (index: Int) in index % 3 == 0 }
    for index in 0..<40 {
      client.send(TestQuery.octets(id: UInt16(index), isPool(index) ? "shop" : "none"))
    }
    var batch = try DatagramBatch(wantsDestination: false)
    var answerer = Answerer(publisher, worker: 0)
    let count = try batch.receive(from: socket.number)
    #expect(count == 40)
    answerer.beginBatch()
    for group in [0..<16, 16..<32, 32..<40] {
      let pays = batch.foresee(group, with: &answerer)
      #expect(pays)
      for index in group {
        let isForeseen = answerer.foreseenTurn(at: index - group.lowerBound) != nil
        #expect(isForeseen == isPool(index), "query \(index)")
      }
    }
    answerer.endBatch()
  }
}
