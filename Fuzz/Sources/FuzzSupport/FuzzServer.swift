public import Answering
import DNSWire
import Zones

/// A server without sockets: zones, and a worker that answers from them.
public struct FuzzServer: ~Copyable {
  /// The response size that the server is set to, in octets.
  public let udpSize: Int
  private var answerer: Answerer
  private var buffer: [UInt8]

  public init(zones: [Snapshot.ServedZone], settings: AnswerSettings) {
    udpSize = Int(settings.udpSize)
    answerer = Answerer(
      SnapshotPublisher(
        Snapshot(zones: zones, settings: settings, cachedSize: 0, cachedPools: 0), workers: 1), worker: 0)
    buffer = [UInt8](repeating: 0xee, count: 65_535)
  }

  /// The response's octets; empty where there is none.
  public mutating func respond(to query: [UInt8], over transport: TransportKind) -> [UInt8] {
    var length = 0
    let room = transport == .udp ? 4096 : 65_535
    answerer.beginBatch()
    buffer.withUnsafeMutableBytes { octets in
      var response = UnsafeMutableRawBufferPointer(rebasing: octets[..<room]).mutableBytes
      length = query.withUnsafeBytes {
        let client = IPAddress(v4: 0x7f00_0001)
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
}
