import TestSupport
import Testing

@testable import Probing

@Suite struct SubstringSearchTests {
  /// Against the standard library, with few different octets, so that there is much to fall back from.
  @Test func findsWhatThereIs() {
    var random = SplitMix64.random()
    for _ in 0..<3_000 {
      let pattern = (0..<Int.random(in: 0...6, using: &random)).map { _ in
        UInt8.random(in: 0...1, using: &random)
      }
      let octets = (0..<40).map { _ in UInt8.random(in: 0...1, using: &random) }
      var search = SubstringSearch(pattern)
      var end = 0
      while !search.isFound, end < octets.count {
        search.take(octets[end])
        end += 1
      }
      let expected = octets.firstRange(of: pattern)?.upperBound
      #expect((search.isFound ? end : nil) == (pattern.isEmpty ? 0 : expected), "seed \(random.seed)")
    }
  }
}
