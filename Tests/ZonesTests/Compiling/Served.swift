import Answering
import DNSWire
import TestSupport
import Testing

@testable import Zones

/// A zone that is asked as a client would.
struct Served: ~Copyable {
  let zone: CompiledZone
  private let publisher: SnapshotPublisher
  private var answerer: Answerer

  init(_ text: String, apex: String = "example.com") throws {
    let (zone, diagnostics) = try compile(text, apex: apex)
    self.zone = try #require(zone, "\(diagnostics)")
    let snapshot = Snapshot(zones: [.loaded(ServableZone(self.zone, workers: 1))], settings: AnswerSettings())
    publisher = SnapshotPublisher(snapshot, workers: 1)
    answerer = Answerer(publisher, worker: 0)
  }

  /// The octets of the response.
  mutating func octets(_ name: DomainName, _ type: RRType, over transport: TransportKind = .tcp) -> [UInt8] {
    let query = QueryMessage(name, type).octets
    var buffer = [UInt8](repeating: 0xee, count: transport == .udp ? 4096 : 65_535)
    var length = 0
    answerer.beginBatch()
    buffer.withUnsafeMutableBytes { octets in
      var response = octets.mutableBytes
      length = query.withUnsafeBytes {
        answerer.answer($0.bytes, from: IPAddress(v4: 0x7f00_0001), over: transport, into: &response)
      }
    }
    answerer.endBatch()
    return Array(buffer[..<length])
  }

  mutating func ask(_ name: String, _ type: RRType, over transport: TransportKind = .tcp) throws -> Message {
    try Message(octets(try DomainName(name), type, over: transport))
  }
}
