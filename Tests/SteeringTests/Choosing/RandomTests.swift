import TestSupport
import Testing

@testable import Answering
@testable import Steering

/// `random` and `weighted-random`, with turns picked as the data plane picks them.
///
/// Critical values are those that chance alone exceeds, or falls short of, once in a thousand times: NIST/SEMATECH
/// e-Handbook of Statistical Methods, section 1.3.6.7.4, "Critical Values of the Chi-Square Distribution". A value far
/// too low would mean that turns are dealt out and not drawn. Seeds are fixed, so that a test that passes always does.
@Suite struct RandomTests {
  private static let critical: [Int: ClosedRange<Double>] = [
    1: 0...10.828, 2: 0.002...13.816, 3: 0.024...16.266, 4: 0.091...18.467, 5: 0.210...20.515,
    9: 1.152...27.877,
    19: 5.407...43.820, 23: 7.529...49.728, 89: 53.386...135.978, 99: 61.137...148.230,
  ]

  private func expect(_ counts: [Int], _ expected: [Double], _ comment: String) throws {
    let range = try #require(Self.critical[counts.count - 1])
    let statistic = chiSquare(counts, expected)
    #expect(range.contains(statistic), "\(comment): \(statistic) is not within \(range)")
  }

  private func equal(_ count: Int) -> [Double] { Array(repeating: 1 / Double(count), count: count) }

  @Test(
    arguments: [
      [1, 1], [5, 3, 2], [7, 0, 3, 1], [1, 2, 3, 4, 5], [1_000_000, 500_000, 250_001, 3, 999_983],
      Array(1...10),
      Array(repeating: 3, count: 20), Array(1...100),
    ] as [[UInt32]], [1, 2, 3] as [UInt64])
  func firstPlaces(_ weights: [UInt32], _ seed: UInt64) throws {
    for order in [Stage.random, .weightedRandom] {
      let choice = chooser([order], members(weights), answers: 1, seed: seed).choose()
      #expect(choice.contradictions == [])
      #expect(choice.schedule.order == .random)
      var source = RandomSource(seed: seed)
      var counts = weights.map { _ in 0 }
      let firsts = choice.firsts
      for _ in 0..<200_000 { counts[firsts[source.next(below: firsts.count)]] += 1 }
      let expected = order == .random ? weights.map { $0 > 0 ? 1 : 0 } : weights.map { Double($0) }
      // What is expected less than five times says nothing (the handbook, section 1.3.5.15).
      let frequent = zip(counts, shares(of: expected)).filter { $0.1 * 200_000 >= 5 }
      try expect(frequent.map(\.0), shares(of: frequent.map(\.1)), "\(order) \(weights)")
    }
  }

  /// Every order of few members is as likely as the others.
  @Test(arguments: [(2, 2), (3, 3), (3, 2), (4, 4), (5, 2), (10, 2), (5, 1)], [1, 2, 3] as [UInt64])
  func orders(_ shape: (count: Int, width: Int), _ seed: UInt64) throws {
    let pool = members(Array(repeating: 1, count: shape.count))
    let choice = chooser([.random], pool, answers: shape.width, seed: seed).choose()
    #expect(choice.contradictions == [])
    var source = RandomSource(seed: seed)
    var counts: [[Int]: Int] = [:]
    let answers = choice.answers
    for _ in 0..<50_000 { counts[answers[source.next(below: answers.count)], default: 0] += 1 }
    let orders = (0..<shape.width).reduce(1) { $0 * (shape.count - $1) }
    #expect(counts.count == orders)
    try expect(Array(counts.values), equal(orders), "\(shape)")
  }

  /// Of many members each comes as often in each place.
  @Test(arguments: [6, 20, 100, 300])
  func placesAreShared(_ count: Int) {
    let choice = chooser([.random], members(Array(repeating: 1, count: count))).choose()
    #expect(choice.contradictions == [])
    #expect(choice.schedule.answers.allSatisfy { $0.count == count })
    for place in 0..<count {
      var counts = Array(repeating: 0, count: count)
      for answer in choice.answers { counts[answer[place]] += 1 }
      #expect(Set(counts).count == 1)
    }
    // Who comes second does not follow from who comes first.
    #expect(Set(choice.answers.map { $0.prefix(2) }).count > 19 * count / 10)
  }

  @Test func aSeedRepeatsTheOrder() {
    for order in [Stage.random, .weightedRandom] {
      for width in [1, 3, 200] {
        let pool = members((1...200).map { UInt32($0) })
        let schedules = [1, 1, 2].map { seed in
          chooser([order], pool, answers: width, seed: seed).choose().schedule
        }
        #expect(schedules[0] == schedules[1])
        #expect(schedules[0] != schedules[2])
        #expect(schedules[0].firstPlaces(memberCount: 200) == schedules[2].firstPlaces(memberCount: 200))
      }
    }
  }

  /// Nothing but the random orders heeds the seed: servers of a zone agree.
  @Test(arguments: [
    Stage.weighted, .roundRobin, .hash(.client, isBounded: false), .hash(.name, isBounded: true),
  ])
  func otherOrdersHeedNoSeed(_ order: Stage) {
    let pool = members([5, 3, 2, 7])
    #expect(chooser([order], pool, seed: 1).choose() == chooser([order], pool, seed: 2).choose())
  }
}
