import DNSWire
import TestSupport
import Testing

@testable import Steering

/// `weighted` and `round-robin`: exact, smooth, and bounded.
@Suite struct WeightedTests {
  @Test func fiveThreeTwo() {
    let choice = chooser([.weighted], members([5, 3, 2])).choose()
    #expect(choice.firsts == [0, 1, 2, 0, 0, 1, 0, 2, 1, 0])
    #expect(choice.schedule.order == .cycle)
    for cycles in [1, 7, 100] {
      var counts = [0, 0, 0]
      for query in 0..<10 * cycles { counts[choice.firsts[query % choice.firsts.count]] += 1 }
      #expect(counts == [5 * cycles, 3 * cycles, 2 * cycles])
    }
  }

  @Test func aPoolOfTwoEqualsTakesTurns() {
    for stage in [Stage.weighted, .roundRobin] {
      let firsts = chooser([stage], members([1, 1]), answers: 1).choose().firsts
      #expect(firsts.count % 2 == 0)
      #expect(zip(firsts, firsts.dropFirst() + firsts.prefix(1)).allSatisfy { $0 != $1 })
    }
  }

  @Test func roundRobinIsOneAfterTheOther() {
    let choice = chooser([.roundRobin], members([9, 0, 4, 1])).choose()
    // A weight of 0 is heeded all the same.
    #expect(choice.answers == [[0, 2, 3], [2, 3, 0], [3, 0, 2]])
    #expect(chooser([.roundRobin], members([9, 1, 4]), answers: 1).choose().firsts == [0, 1, 2])
  }

  /// Exact over a cycle where the weights fit into one, of any number of members.
  @Test func cyclesAreExact() {
    var random = SplitMix64.random()
    print("seed \(random.seed)")
    for _ in 0..<100 {
      let count = Int.random(in: 1...300, using: &random)
      let scale = UInt32.random(in: 1...1000, using: &random)
      let weights = (0..<count).map { _ in scale * UInt32.random(in: 0...12, using: &random) }
      guard weights.contains(where: { $0 > 0 }) else { continue }
      let choice = chooser([.weighted], members(weights)).choose()
      #expect(choice.contradictions == [])
      #expect(choice.firsts.count <= 4096)
      let sum = weights.reduce(0, +)
      for (weight, candidate) in zip(weights, choice.candidates) {
        #expect(Int(weight) * choice.firsts.count == candidate.firstPlaces * Int(sum))
      }
    }
  }

  /// At no time has a member had a whole turn more than its share.
  @Test func nobodyIsAheadByATurn() {
    var random = SplitMix64.random()
    print("seed \(random.seed)")
    for _ in 0..<100 {
      let count = Int.random(in: 1...40, using: &random)
      let turns = (0..<count).map { _ in Int.random(in: 1...60, using: &random) }
      let sequence = TurnOrder.smooth(turns)
      #expect(sequence.count == turns.reduce(0, +))
      var had = turns.map { _ in 0 }
      for (index, member) in sequence.enumerated() {
        had[Int(member)] += 1
        let ahead = had[Int(member)] * sequence.count - (index + 1) * turns[Int(member)]
        #expect(ahead < sequence.count, "\(turns) at turn \(index)")
      }
      #expect(had == turns)
    }
  }

  /// Turns of one member are spread over the cycle: the longest wait is not much above the mean one.
  @Test func turnsAreSpread() {
    for weights in [[5, 3, 2], [1, 1, 1, 1], [7, 1], [50, 30, 20]] as [[UInt32]] {
      let firsts = chooser([.weighted], members(weights)).choose().firsts
      for member in weights.indices {
        let places = firsts.indices.filter { firsts[$0] == member }
        let gaps = zip(places, places.dropFirst() + [places[0] + firsts.count]).map { $1 - $0 }
        let mean = Double(firsts.count) / Double(places.count)
        #expect(Double(gaps.max() ?? 0) < 2 * mean + 1)
      }
    }
  }

  /// 1 to 1,000 members, weights of 0 to 1,000,000: shares within the bounds of docs/policies.md, memory too.
  @Test(arguments: [1, 2, 3, 10, 63, 64, 65, 100, 256, 257, 999, 1000])
  func sharesAndMemoryAreBounded(_ count: Int) {
    var random = SplitMix64.random()
    print("seed \(random.seed)")
    for _ in 0..<(count > 300 ? 2 : 8) {
      let weights = randomWeights(count, &random)
      let width = Bool.random(using: &random) ? 1 : Int.random(in: 1...count, using: &random)
      let choice = chooser([.weighted], members(weights), answers: width).choose()
      #expect(choice.contradictions == [])
      let left = choice.answered.count
      let most = max(left, min(left > 64 ? min(64 * left, 16_384) : 4096, 262_144 / min(width, left)))
      #expect(choice.schedule.turns.count <= most)
      #expect(choice.schedule.answers.allSatisfy { $0.count == min(width, left) })
      let sum = weights.reduce(0) { $0 + Double($1) }
      guard sum > 0 else {
        #expect(Set(choice.candidates.map(\.firstPlaces)).count == 1)
        continue
      }
      let small = weights.count { $0 > 0 && Double($0) * Double(most) < sum }
      for (weight, share) in zip(weights, choice.shares) {
        let exact = Double(weight) / sum
        #expect((share == 0) == (weight == 0))
        if exact * Double(most) >= 1 { #expect(abs(share - exact) < Double(1 + small) / Double(most)) }
      }
    }
  }

  @Test(arguments: [
    (1, 1, 4096), (64, 1, 4096), (65, 1, 4160), (256, 1, 16_384), (1000, 1, 16_384), (10, 10, 4096),
    (64, 64, 4096), (100, 100, 2621), (1000, 100, 2621), (1000, 1000, 1000), (65_536, 1, 65_536),
    (100_000, 1, 65_536),
  ])
  func turnLimits(_ members: Int, _ width: Int, _ limit: Int) {
    #expect(Selection.turnLimit(members: members, width: width) == limit)
  }

  @Test func factorsAreInThePolicysWeights() {
    let pool = chooser([.weighted], members([4, 2, 1]))
    // 4 × 0.5, 2 × 1, 1 × 2.
    let choice = pool.choose([input(factor: 0.5), input(factor: 1), input(factor: 2)])
    #expect(choice.candidates.map(\.firstPlaces) == [1, 1, 1])
    #expect(choice.candidates.map(\.weight) == [2, 2, 2])
    // A third, to a millionth.
    let third = pool.choose([input(factor: 1.0 / 3), input(factor: 0), input(factor: 1)])
    #expect(abs(third.shares[0] - 4.0 / 7) < 1.0 / 4096)
    #expect(third.candidates[1].fate == .dropped(step: 0, .noWeight))
  }

  /// Weights in proportion are the same weights, factors in proportion the same factors.
  @Test func onlyProportionsCount() {
    let one = chooser([.weighted], members([5, 3, 2])).choose()
    let other = chooser([.weighted], members([500_000, 300_000, 200_000]))
    #expect(other.choose().schedule == one.schedule)
    #expect(
      other.choose([input(factor: 0.1), input(factor: 0.1), input(factor: 0.1)]).schedule == one.schedule)
    #expect(
      other.choose([input(factor: 1000), input(factor: 1000), input(factor: 1000)]).schedule == one.schedule)
  }

  /// Who is answered where all have weight 0: those with a weight in the policy, then those with a factor, then all.
  @Test(
    arguments: [
      ([0, 0, 0], [1, 1, 1], [0, 1, 2]),
      ([0, 0, 0], [1, 0, 1], [0, 2]),
      ([0, 0, 0], [0, 0, 0], [0, 1, 2]),
      ([1, 0, 3], [0, 1, 0], [0, 2]),
      ([1, 0, 3], [0, 1, 1], [2]),
      ([0, 0, 3], [1, 1, 1], [2]),
    ] as [([UInt32], [Double], [Int])])
  func zeroIsForWantOfOthers(_ weights: [UInt32], _ factors: [Double], _ answered: [Int]) {
    for order in [Stage.weighted, .weightedRandom, .roundRobin, .random, .hash(.client, isBounded: false)] {
      let choice = chooser([order], members(weights)).choose(factors.map { input(factor: $0) })
      #expect(choice.contradictions == [])
      #expect(choice.answered == answered)
      for index in weights.indices where !answered.contains(index) {
        #expect(choice.candidates[index].fate == .dropped(step: 0, .noWeight))
      }
    }
  }
}
