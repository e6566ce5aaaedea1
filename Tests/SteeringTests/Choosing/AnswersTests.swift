import TestSupport
import Testing

@testable import Steering

/// `answers=`: answers of several members.
@Suite struct AnswersTests {
  static let orders: [Stage] = [
    .weighted, .roundRobin, .random, .weightedRandom, .hash(.client, isBounded: false),
  ]

  /// Each holds as many as there are, at most as many as are wanted, none twice; who comes first is as with one.
  @Test(arguments: orders, [1, 2, 3, 5, 6, 100])
  func answersHoldSeveral(_ order: Stage, _ width: Int) {
    let pool = members([5, 3, 0, 2, 1])
    let choice = chooser([.up, order], pool, answers: width).choose([
      input(), input(), input(), input(), input(.down),
    ])
    #expect(choice.contradictions == [])
    #expect(choice.schedule.answers.allSatisfy { $0.count == min(width, 3) })
    let single = chooser([.up, order], pool, answers: 1).choose([
      input(), input(), input(), input(), input(.down),
    ])
    #expect(choice.shares == single.shares)
    #expect(choice.answered == [0, 1, 3])
  }

  @Test(arguments: [
    (Stage.weighted, 1), (.roundRobin, 4), (.random, 4), (.weightedRandom, 1),
    (.hash(.name, isBounded: false), 1),
  ])
  func howManyUnlessSaid(_ order: Stage, _ count: Int) {
    let choice = chooser([order], members([1, 1, 1, 1])).choose()
    #expect(choice.schedule.answers.allSatisfy { $0.count == count })
    #expect(!choice.schedule.answers.isEmpty)
  }

  /// A CNAME stands alone (RFC 1034 §3.6.2).
  @Test(arguments: orders)
  func targetsAreAnsweredOneAtATime(_ order: Stage) {
    let pool = [member("a.example.net."), member("b.example.net.")]
    #expect(chooser([order], pool).choose().schedule.answers.allSatisfy { $0.count == 1 })
    #expect(chooser([order], pool, answers: 2).choose().schedule.answers.allSatisfy { $0.count == 1 })
  }

  /// At each turn the member whose turn it is, then those whose turns come next, each once.
  @Test func othersAreTheNextOfTheCycle() {
    var random = SplitMix64.random()
    print("seed \(random.seed)")
    for _ in 0..<40 {
      let count = Int.random(in: 2...12, using: &random)
      let pool = members((0..<count).map { _ in UInt32.random(in: 1...9, using: &random) })
      let width = Int.random(in: 2...count, using: &random)
      let firsts = chooser([.weighted], pool).choose().firsts
      let choice = chooser([.weighted], pool, answers: width).choose()
      #expect(choice.contradictions == [])
      for (turn, answer) in choice.answers.enumerated() {
        var next: [Int] = []
        for member in firsts[turn...] + firsts[..<turn] where next.count < width && !next.contains(member) {
          next.append(member)
        }
        #expect(answer == next)
      }
    }
  }

  /// Equal members have each place equally often.
  @Test(arguments: [Stage.weighted, .roundRobin, .random], [2, 3, 7, 40])
  func equalMembersShareAllPlaces(_ order: Stage, _ count: Int) {
    for width in Set([2, count / 2 + 1, count]) {
      let choice = chooser([order], members(Array(repeating: 4, count: count)), answers: width).choose()
      for place in 0..<width {
        var counts = Array(repeating: 0, count: count)
        for answer in choice.answers { counts[answer[place]] += 1 }
        #expect(Set(counts).count == 1, "place \(place) of \(width)")
      }
    }
  }

  /// The second place is in proportion to the weights of those that are not first: as if drawn after it.
  @Test(arguments: [[5, 3, 2], [1, 2, 3, 4], [10, 1, 1, 1]] as [[UInt32]])
  func secondPlacesFollowWeights(_ weights: [UInt32]) {
    let expected = shares(of: weights)
    for (order, tolerance) in [(Stage.hash(.client, isBounded: false), 0.015), (.weightedRandom, 0.12)] {
      let choice = chooser([order], members(weights), answers: 2).choose()
      var counts = weights.map { _ in weights.map { _ in 0 } }
      for answer in choice.answers { counts[answer[0]][answer[1]] += 1 }
      for first in weights.indices {
        for second in weights.indices where second != first {
          let share = Double(counts[first][second]) / Double(choice.schedule.turns.count)
          let drawn = expected[first] * expected[second] / (1 - expected[first])
          #expect(abs(share - drawn) < tolerance, "\(order) \(first) \(second)")
        }
      }
    }
  }
}
