import Answering
import DNSWire
import Testing

@testable import Transport

/// What workers have answered reaches who logs it, whole and in order, or is counted as lost.
@Suite struct QueryRingTests {
  private static let client = IPAddress(v4: 0xc000_0207)

  private static func keep(_ query: [UInt8], _ response: [UInt8], in tap: QueryTap, port: UInt16 = 5_353) {
    query.withUnsafeBytes { query in
      response.withUnsafeBytes { response in
        // Empty arrays have no address.
        guard let start = query.baseAddress, let end = response.baseAddress else { return }
        tap.keep(
          start, length: query.count, response: end, responseLength: response.count, from: client, port: port,
          isTCP: port == 1)
      }
    }
  }

  @Test func oneComesOutAsItWentIn() throws {
    let rings = try QueryRings(workers: 2, interval: 1)
    Self.keep([1, 2, 3], [4, 5, 6, 7, 8], in: rings.tap(of: 1))
    Self.keep([9], [10], in: rings.tap(of: 1), port: 1)
    #expect(rings.take(from: 0) == nil)
    let first = try #require(rings.take(from: 1))
    #expect(first.query == [1, 2, 3] && first.response == [4, 5, 6, 7, 8])
    #expect(first.client == Endpoint(address: Self.client, port: 5_353))
    #expect(first.transport == .udp)
    let second = try #require(rings.take(from: 1))
    #expect(second.query == [9] && second.response == [10] && second.transport == .tcp)
    #expect(second.time >= first.time)
    #expect(rings.take(from: 1) == nil && rings.lossCount == 0)
  }

  /// Entries of all lengths, so that the ring's end is met at many places, while some wait.
  @Test func orderIsKeptRoundTheEnd() throws {
    let rings = try QueryRings(workers: 1, interval: 1)
    let tap = rings.tap(of: 0)
    var written = 0
    var read = 0
    func octets(_ number: Int, _ count: Int) -> [UInt8] { (0..<count).map { UInt8(($0 + number) & 255) } }
    func take() throws {
      let answered = try #require(rings.take(from: 0))
      #expect(answered.query == octets(read, 12 + read % 4_000))
      #expect(answered.response == octets(read, 12 + read * 31 % 65_000))
      read += 1
    }
    for _ in 0..<600 {
      Self.keep(octets(written, 12 + written % 4_000), octets(written, 12 + written * 31 % 65_000), in: tap)
      written += 1
      if written - read > 20 { try take() }
    }
    while read < written { try take() }
    #expect(rings.take(from: 0) == nil && rings.lossCount == 0)
  }

  @Test func whatFindsNoRoomIsCounted() throws {
    let rings = try QueryRings(workers: 1, interval: 1)
    let tap = rings.tap(of: 0)
    let response = [UInt8](repeating: 7, count: 60_000)
    let attempts = 100
    for number in 0..<attempts { Self.keep([UInt8(number)], response, in: tap) }
    let kept = attempts - Int(rings.lossCount)
    #expect((60...70).contains(kept))
    for number in 0..<kept { #expect(rings.take(from: 0)?.query == [UInt8(number)]) }
    #expect(rings.take(from: 0) == nil)
    // There is room again.
    Self.keep([200], response, in: tap)
    #expect(rings.take(from: 0)?.query == [200])
  }

  @Test func aReaderBesideTheWriterSeesNothingTorn() throws {
    let rings = try QueryRings(workers: 1, interval: 1)
    let count = 200_000
    let writer = try WorkerThread(name: "writer", core: nil) {
      let tap = rings.tap(of: 0)
      for number in 0..<count {
        let text = [UInt8](repeating: UInt8(number & 255), count: 1 + number % 300)
        Self.keep(text, text, in: tap)
      }
    }
    var taken = 0
    while taken + Int(rings.lossCount) < count {
      guard let answered = rings.take(from: 0) else { continue }
      taken += 1
      guard answered.query == answered.response, Set(answered.query).count == 1 else {
        Issue.record("torn: \(answered)")
        break
      }
    }
    writer.join()
    #expect(rings.take(from: 0) == nil)
  }

  @Test(arguments: [1, 2, 7, 1_000])
  func oneOfSoMany(interval: Int) throws {
    let rings = try QueryRings(workers: 1, interval: interval)
    var tap = rings.tap(of: 0)
    var kept = 0
    for _ in 0..<10_000 where tap.counts() { kept += 1 }
    #expect((10_000 / interval...10_000 / interval + 1).contains(kept))
  }

  @Test func aClosedTapTakesNothing() {
    var tap = QueryTap.closed
    var kept = 0
    for _ in 0..<1_000 where tap.counts() { kept += 1 }
    #expect(kept == 0)
  }
}
