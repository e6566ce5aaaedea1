import DNSWire
import Testing

@testable import Zones

/// WKS names a protocol and services, which the C library looks up in memory that all threads share.
@Suite struct ServicesTests {
  @Test func threadsDoNotMixUp() async throws {
    let texts = ["udp domain", "tcp smtp", "udp ntp", "tcp ssh"]
    let expected = try texts.map { text in try #require(Self.converted(text)) }
    #expect(Set(expected).count == texts.count)
    let wrong = await withTaskGroup(of: Int.self) { group in
      for (text, octets) in zip(texts, expected) {
        group.addTask { (0..<5_000).count { _ in Self.converted(text) != octets } }
      }
      return await group.reduce(0, +)
    }
    #expect(wrong == 0)
  }

  private static func converted(_ text: String) -> [UInt8]? {
    var data = RDataBuffer()
    guard LDNS.convert(Array(text.utf8) + [0], as: .services, into: &data) else { return nil }
    let octets = data.span
    return (0..<octets.count).map { octets[$0] }
  }
}
