import DNSWire
import TestSupport

@testable import Answering

/// A worker that a test asks over UDP.
struct TestAnswerer: ~Copyable {
  private var answerer: Answerer
  private var buffer = [UInt8](repeating: 0, count: 4096)

  init(_ answerer: consuming Answerer) { self.answerer = answerer }

  mutating func begin() { answerer.beginBatch() }
  mutating func end() { answerer.endBatch() }

  /// Asks within a batch that the test has begun.
  mutating func askWithinBatch(_ name: String, _ type: RRType) throws -> Message {
    var query = QueryMessage(try DomainName(name), type)
    query.udpSize = 1232
    var length = 0
    let octets = query.octets
    buffer.withUnsafeMutableBytes { buffer in
      var response = buffer.mutableBytes
      length = octets.withUnsafeBytes {
        answerer.answer($0.bytes, from: IPAddress(v4: 1), over: .udp, into: &response)
      }
    }
    return try Message(Array(buffer[..<length]))
  }

  mutating func ask(_ name: String, _ type: RRType) throws -> Message {
    begin()
    defer { end() }
    return try askWithinBatch(name, type)
  }
}
