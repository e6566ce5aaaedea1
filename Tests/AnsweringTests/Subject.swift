import DNSWire
import Locations
import TestSupport
import Testing
import Zones

@testable import Answering

/// An answerer over zones written out in a test.
struct Subject: ~Copyable {
  let publisher: SnapshotPublisher
  /// Those that are not broken.
  let zones: [ServableZone]
  var answerer: Answerer
  private let folder = TemporaryFolder()

  /// - Parameters:
  ///   - zones: apex and zone file text; nil text: the zone is broken.
  ///   - cachedSize: queries for larger zones are foreseen.
  ///   - cachedPools: of more pools, their answers are foreseen, too.
  init(
    _ zones: [(apex: String, text: String?)], settings: AnswerSettings = AnswerSettings(), workers: Int = 1,
    worker: Int = 0, classes: PrefixTree? = nil, cachedSize: Int = 0, cachedPools: Int = 0,
    schedules: (CompiledZone) throws -> [EncodedSchedule] = { _ in [] }
  ) throws {
    var served: [Snapshot.ServedZone] = []
    for (apex, text) in zones {
      let name = try DomainName(apex)
      guard let text else {
        served.append(.broken(apex: name))
        continue
      }
      let result = ZoneLoader.load(file: folder.write("zone-\(served.count)", text), apex: name)
      let zone = try #require(result.zone, "\(result.diagnostics)")
      let schedules = try schedules(zone)
      served.append(.loaded(ServableZone(zone, schedules: schedules, classes: classes, workers: workers)))
    }
    self.zones = served.compactMap { if case .loaded(let zone) = $0 { zone } else { nil } }
    publisher = SnapshotPublisher(
      Snapshot(zones: served, settings: settings, cachedSize: cachedSize, cachedPools: cachedPools),
      workers: workers)
    answerer = Answerer(publisher, worker: worker)
  }

  /// The response's octets; empty where there is none. The query is foreseen first, as one of a batch.
  mutating func respond(
    to query: [UInt8], over transport: TransportKind = .udp,
    from client: IPAddress = IPAddress(v4: 0x7f00_0001)
  ) -> [UInt8] {
    var buffer = [UInt8](repeating: 0xee, count: transport == .udp ? 4096 : 65_535)
    var length = 0
    answerer.beginBatch()
    buffer.withUnsafeMutableBytes { octets in
      var response = octets.mutableBytes
      length = query.withUnsafeBytes {
        if answerer.foresee($0.bytes, at: 0), answerer.foreseeNodes(1), answerer.foreseePools(1) {
          answerer.foreseeTurn(at: 0, from: client)
          answerer.foreseeChoices(1)
        }
        return answerer.answer($0.bytes, from: client, over: transport, into: &response)
      }
    }
    answerer.endBatch()
    return Array(buffer[..<length])
  }

  /// Whether the last query is left to be explained.
  var wantsExplanation: Bool { answerer.wantsExplanation }

  mutating func ask(
    _ name: String, _ type: RRType, over transport: TransportKind = .udp, from client: String = "127.0.0.1",
    with change: (inout QueryMessage) -> Void = { _ in }
  ) throws -> Message {
    var query = QueryMessage(try DomainName(name), type)
    change(&query)
    let client = try #require(IPAddress(client))
    let message = try Message(respond(to: query.octets, over: transport, from: client))
    #expect(message.id == query.id)
    return message
  }
}
