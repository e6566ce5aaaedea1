import DNSWire
import Steering
import TestSupport
import Testing

@testable import Control

struct StickyMovesTests {
  /// Over random tables: what every hash of a resolution that both divide comes to, one by one.
  @Test(arguments: 0..<50 as Range<UInt64>)
  func countsEveryHash(_ seed: UInt64) {
    var random = SplitMix64(seed: seed)
    func table() -> [Member.Identity?] {
      (0..<Int.random(in: 1...40, using: &random)).map { _ in
        let member = UInt32.random(in: 0...3, using: &random)
        return member == 0 ? nil : .address(IPAddress(v4: member))
      }
    }
    let (before, after) = (table(), table())
    let resolution = before.count * after.count
    let moved = (0..<resolution).count { before[$0 / after.count] != after[$0 / before.count] }
    let share = StickyMoves.share(from: before, to: after)
    #expect(share.isEqual(to: Share(part: moved, whole: resolution)), "seed \(seed)")
  }
}
