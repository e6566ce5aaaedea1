import TestSupport
import Testing

@testable import Control

struct InOrderTests {
  @Test func everyOrderOfArrival() {
    var random = SplitMix64.random()
    let seed = random.seed
    for count in 0..<50 {
      var order = InOrder<Int>()
      var out: [Int] = []
      for index in (0..<count).shuffled(using: &random) { out += order.add(index, at: index) }
      #expect(out == Array(0..<count), "seed \(seed)")
    }
  }

  @Test func nothingLeavesEarly() {
    var order = InOrder<String>()
    let out = [("b", 1), ("a", 0), ("c", 2)].map { order.add($0, at: $1) }
    #expect(out == [[], ["a", "b"], ["c"]])
  }
}
