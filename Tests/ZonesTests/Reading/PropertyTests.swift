import DNSWire
import TestSupport
import Testing

@testable import Zones

/// However records are written, the same ones are read.
@Suite struct PropertyTests {
  @Test func randomLayouts() throws {
    let seed = UInt64.random(in: 0...UInt64.max)
    let apex = try DomainName("example.com")
    for round in 0..<100 {
      var zone = RandomZone(seed: seed &+ UInt64(round), apex: apex)
      let records = zone.records(30)
      let text = zone.text(of: records)
      let sink = try read(text)
      let expected = records.map { "\($0.owner) \($0.ttl) \($0.type) \(hexadecimal($0.octets))" }
      // A name twice over is a likely mistake, and here an unlikely accident.
      let errors = sink.diagnostics.filter { $0.severity == .error }
      #expect(errors == [], "seed \(seed), round \(round)\n\(text)")
      try #require(sink.records == expected, "seed \(seed), round \(round)\n\(text)")
    }
  }

  /// A zone file with some of its octets changed is read to its end without a trap.
  @Test func randomDamage() throws {
    let seed = UInt64.random(in: 0...UInt64.max)
    var random = SplitMix64(seed: seed)
    let apex = try DomainName("example.com")
    var failing = 0
    for round in 0..<200 {
      var zone = RandomZone(seed: seed &+ UInt64(round), apex: apex)
      let records = zone.records(10)
      var octets = Array(zone.text(of: records).utf8)
      for line in DataTests.cases.shuffled(using: &random).prefix(5) {
        octets += Array("www \(line.0)\n".utf8)
      }
      for _ in 0..<Int.random(in: 1...6, using: &random) {
        octets[Int.random(in: octets.indices, using: &random)] =
          Bool.random(using: &random)
          ? UInt8.random(in: 0...255, using: &random)
          : Array(" \n\t()\";\\$@.0a-".utf8).randomElement(using: &random) ?? 0
      }
      let sink = try read(octets)
      if !sink.diagnostics.isEmpty { failing += 1 }
      #expect(!sink.records.contains { $0.hasPrefix("malformed") }, "seed \(seed), round \(round)")
    }
    #expect(failing > 0)
  }
}
