import DNSWire
import TestSupport
import Testing

@testable import Zones

/// What no zone may exceed is an error, never a trap.
@Suite struct ZoneLimitTests {
  @Test func arenaDropsWhatDoesNotFit() {
    var arena = ArenaBuilder(capacity: 0)
    for _ in 0..<15 { arena.append(zeros: 8) }
    let fits = !arena.isFull
    let count = arena.count
    arena.append(zeros: ArenaBuilder.limit)
    let (isFull, after) = (arena.isFull, arena.count)
    #expect(fits && isFull)
    #expect(after == count)
  }

  /// A signed zone loads, but nobody should believe that it is served as one; its signatures keep their TTLs.
  @Test func signedZoneIsWarnedOf() throws {
    let folder = TemporaryFolder()
    let signature = "8 2 60 20300101000000 20200101000000 1 example. AAAA"
    let file = folder.write(
      "zone",
      """
      @ 60 SOA ns h 1 2 3 4 5
      @ 60 NS ns
      ns 60 A 192.0.2.1
      @ 60 RRSIG SOA \(signature)
      @ 300 RRSIG NS \(signature)

      """)
    let result = ZoneLoader.load(file: file, apex: try DomainName("example."))
    #expect(result.zone != nil)
    #expect(result.diagnostics.map(\.line) == [4])
    #expect(result.diagnostics.first?.message.hasPrefix("the zone is signed, but answers go without") == true)
  }

  @Test func minimumAboveTheLargestTTL() throws {
    let folder = TemporaryFolder()
    let file = folder.write("zone", "@ SOA ns h 1 2 3 4 4294967295\n@ NS ns\nns A 192.0.2.1\n")
    let result = ZoneLoader.load(file: file, apex: try DomainName("example."))
    #expect(result.zone != nil)
    #expect(result.diagnostics.contains { $0.message.hasPrefix("the SOA's MINIMUM, 4294967295, is no TTL") })
    #expect(result.diagnostics.contains { $0.message.hasSuffix("write $TTL 2147483647") })
  }
}
