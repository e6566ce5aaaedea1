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

  @Test func minimumAboveTheLargestTTL() throws {
    let folder = TestSupport.TemporaryFolder()
    let file = folder.write("zone", "@ SOA ns h 1 2 3 4 4294967295\n@ NS ns\nns A 192.0.2.1\n")
    let result = ZoneLoader.load(file: file, apex: try DomainName("example."))
    #expect(result.zone != nil)
    #expect(result.diagnostics.contains { $0.message.hasPrefix("the SOA's MINIMUM, 4294967295, is no TTL") })
    #expect(result.diagnostics.contains { $0.message.hasSuffix("write $TTL 2147483647") })
  }
}
