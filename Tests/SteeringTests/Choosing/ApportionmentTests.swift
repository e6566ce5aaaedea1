import TestSupport
import Testing

@testable import Steering

/// Whole turns for weights.
@Suite struct ApportionmentTests {
  @Test(
    arguments: [
      ([5, 3, 2], 4096, [5, 3, 2]),
      ([500_000, 300_000, 200_000], 4096, [5, 3, 2]),
      ([1_000_000], 4096, [1]),
      ([7, 7, 7], 4096, [1, 1, 1]),
      ([0, 4, 0, 6], 4096, [0, 2, 0, 3]),
      ([0, 0], 4096, [0, 0]),
      ([], 4096, []),
      // As many turns as there may be.
      ([4095, 1], 4096, [4095, 1]),
      // One more: 4,096 of 4,097 turns, by largest remainder.
      ([4096, 1], 4096, [4095, 1]),
      ([2049, 2048], 4096, [1, 1]),
      // Hamilton's own: 53.6, 34.7 and 11.7 of 100.
      ([536, 347, 117], 100, [53, 35, 12]),
      // Of equal remainders the first.
      ([1, 1, 1], 2, [1, 1, 0]),
      // Weights that come to less than one turn get one.
      ([1_000_000, 1, 1], 10, [8, 1, 1]),
      // Those given away make the next too small as well: 1.05 of 5 turns is 0.78 of the 3 that are left.
      ([120, 42, 19, 19], 5, [2, 1, 1, 1]),
    ] as [([UInt64], Int, [Int])])
  func turns(_ weights: [UInt64], _ limit: Int, _ turns: [Int]) {
    #expect(Apportionment.turns(of: weights, atMost: limit) == turns)
  }

  /// The bounds of docs/policies.md.
  @Test func sharesAreWithinTheBounds() {
    var random = SplitMix64.random()
    print("seed \(random.seed)")
    for _ in 0..<200 {
      let count = Int.random(in: 1...1000, using: &random)
      let weights = randomWeights(count, &random).map { UInt64($0) }
      let limit = Selection.turnLimit(members: count, width: 1)
      let turns = Apportionment.turns(of: weights, atMost: limit)
      let length = turns.reduce(0, +)
      let sum = weights.reduce(0, +)
      #expect(zip(weights, turns).allSatisfy { ($0 == 0) == ($1 == 0) })
      guard length > 0 else { continue }
      #expect(length <= limit)
      let isExact = zip(weights, turns).allSatisfy { $0 * UInt64(length) == UInt64($1) * sum }
      if isExact { continue }
      #expect(limit % length == 0)
      let scale = limit / length
      let small = weights.count { $0 > 0 && $0 * UInt64(limit) < sum }
      for (weight, turns) in zip(weights, turns) where weight > 0 {
        let exact = Double(weight) * Double(limit) / Double(sum)
        let got = turns * scale
        if exact < 1 { #expect(got == 1) } else { #expect(abs(Double(got) - exact) < Double(1 + small)) }
      }
    }
  }
}
