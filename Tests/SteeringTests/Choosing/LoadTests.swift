import Testing

@testable import Steering

/// The stages that weigh by what is measured, each against its formula.
///
/// Where a formula is another's: ipvsadm(8), "--scheduler", and Linux, net/netfilter/ipvs/ip_vs_lc.c, ip_vs_wlc.c,
/// ip_vs_sed.c and ip_vs_nq.c; Mirrokni, Thorup, Zadimoghaddam, "Consistent hashing with bounded loads", 2016.
@Suite struct LoadTests {
  /// A pool, what is known of it, and the weights in proportion to which its members are answered.
  struct Case: CustomTestStringConvertible {
    let stages: [Stage]
    let weights: [UInt32]
    let inputs: [MemberInput]
    let expected: [Double]

    init(_ stages: [Stage], _ weights: [UInt32], _ inputs: [MemberInput], _ expected: [Double]) {
      self.stages = stages
      self.weights = weights
      self.inputs = inputs
      self.expected = expected
    }

    var testDescription: String { "\(stages) \(weights) \(expected)" }
  }

  private static func connections(_ counts: Int?...) -> [MemberInput] {
    counts.map { input(connections: $0) }
  }
  private static func times(_ times: Double?...) -> [MemberInput] { times.map { input(time: $0) } }
  private static func loads(_ loads: Double?...) -> [MemberInput] { loads.map { input(load: $0) } }

  /// lc: the server of the fewest connections C is next. Shares 1/(C + 1); weights do not count, but 0.
  static let leastConnections = [
    Case([.leastConnections], [1, 1, 1], connections(0, 1, 3), [1, 1 / 2, 1 / 4]),
    Case([.leastConnections], [5, 1, 9], connections(4, 4, 9), [1 / 5, 1 / 5, 1 / 10]),
    Case([.leastConnections], [1, 0, 1], connections(7, 0, 3), [1 / 8, 0, 1 / 4]),
    Case([.leastConnections], [7, 7], connections(0, 0), [1, 1]),
    // Slow start and the like are no weights of the policy.
    Case(
      [.leastConnections], [8, 2], [input(factor: 0.5, connections: 1), input(connections: 1)], [0.5, 1]),
    // Nothing is reported: all alike.
    Case([.leastConnections], [8, 2], connections(nil, nil), [1, 1]),
    // Not reported counts as the mean, 4.
    Case([.leastConnections], [1, 1, 1], connections(2, 6, nil), [1 / 3, 1 / 7, 1 / 5]),
    // A count below 0 is 0.
    Case([.leastConnections], [1, 1], connections(-5, 1), [1, 1 / 2]),
    Case([.leastConnections], [1, 1], connections(.max, .max), [1, 1]),
  ]

  /// wlc: the lowest C/W. Shares W/(C + 1).
  static let weightedLeastConnections = [
    Case([.weightedLeastConnections], [1, 1, 1], connections(0, 1, 3), [1, 1 / 2, 1 / 4]),
    Case([.weightedLeastConnections], [3, 1, 2], connections(2, 0, 7), [3 / 3, 1 / 1, 2 / 8]),
    Case([.weightedLeastConnections], [1_000_000, 1], connections(999_999, 0), [1, 1]),
    Case([.weightedLeastConnections], [4, 0], connections(9, 0), [1, 0]),
    Case([.weightedLeastConnections], [4, 1], connections(nil, nil), [4, 1]),
    Case([.weightedLeastConnections], [4, 1, 1], connections(1, nil, 3), [4 / 2, 1 / 3, 1 / 4]),
    Case(
      [.weightedLeastConnections], [4, 2], [input(factor: 0.5, connections: 3), input(connections: 1)],
      [4 * 0.5 / 4, 2 / 2]),
  ]

  /// sed: the lowest (C + 1)/W, its expected delay. Shares the inverse.
  static let shortestDelay = [
    Case([.shortestDelay], [1, 1, 1], connections(0, 1, 3), [1, 1 / 2, 1 / 4]),
    Case([.shortestDelay], [3, 1, 2], connections(2, 0, 7), [3 / 3, 1 / 1, 2 / 8]),
    Case([.shortestDelay], [10, 1], connections(19, 1), [10 / 20, 1 / 2]),
    Case([.shortestDelay], [1, 1, 0], connections(5, nil, 0), [1 / 6, 1 / 3.5, 0]),
  ]

  /// nq: one without connections if there is any, else as sed.
  static let neverQueue = [
    Case([.neverQueue], [1, 1, 1], connections(0, 1, 3), [1, 0, 0]),
    Case([.neverQueue], [3, 1, 2], connections(0, 9, 0), [3, 0, 2]),
    Case([.neverQueue], [3, 1, 2], connections(2, 1, 7), [3 / 3, 1 / 2, 2 / 8]),
    // Who is idle and has no weight takes none, and keeps others from none.
    Case([.neverQueue], [3, 0, 2], connections(2, 0, 7), [3 / 3, 0, 2 / 8]),
    Case([.neverQueue], [3, 1], [input(connections: 2), input(factor: 0, connections: 0)], [1, 0]),
    // Not reported counts as the mean: as busy where others are, idle where all are.
    Case([.neverQueue], [1, 1, 1], connections(0, 4, nil), [1, 0, 0]),
    Case([.neverQueue], [1, 1, 1], connections(0, 0, nil), [1, 1, 1]),
    Case([.neverQueue], [1, 1, 1], connections(4, 2, nil), [1 / 5, 1 / 3, 1 / 4]),
    Case([.neverQueue], [2, 1], connections(nil, nil), [2, 1]),
    // Who was not checked yet is like the others.
    Case(
      [.up, .neverQueue], [1, 1, 1], [input(.unknown, connections: 0), input(), input(connections: 2)],
      [1, 0, 0]),
  ]

  /// Shares W/t, t being the response time.
  static let fastest = [
    Case([.fastest], [1, 1, 1], times(10, 20, 40), [1 / 10, 1 / 20, 1 / 40]),
    Case([.fastest], [1, 4], times(10, 20), [1 / 10, 4 / 20]),
    // Not measured counts as the mean, 30.
    Case([.fastest], [1, 1, 1], times(20, 40, nil), [1 / 20, 1 / 40, 1 / 30]),
    Case([.fastest], [3, 2], times(nil, nil), [3, 2]),
    // What is no time is not measured; what is out of range is brought into it.
    Case([.fastest], [1, 1, 1], times(20, .nan, -4), [1, 1, 1]),
    Case([.fastest], [1, 1], times(20, 0), [1, 1]),
    Case([.fastest], [1, 1], times(43_200_000, .infinity), [2, 1]),
    Case([.fastest], [1, 1], times(0.002, 0.000_01), [1, 2]),
    Case([.fastest], [1, 0], times(20, 1), [1, 0]),
  ]

  /// All of a share up to the lower mark, none from the upper, and evenly less between.
  static let shed = [
    Case([.shed(low: 0.7, high: 0.9)], [1, 1, 1], loads(0.2, 0.7, 0.8), [1, 1, 0.5]),
    Case([.shed(low: 0.7, high: 0.9)], [4, 1, 1], loads(0.85, 0.9, 0.7), [4 * 0.25, 0, 1]),
    Case([.shed(low: 0, high: 1)], [1, 1, 1], loads(0.25, 1, 0), [0.75, 0, 1]),
    Case([.shed(low: 0.5, high: 0.6)], [1, 1], loads(1, 0.55), [0, 0.5]),
    // One that reports none keeps its share.
    Case([.shed(low: 0.7, high: 0.9)], [2, 1], loads(nil, 0.8), [2, 0.5]),
    Case([.shed(low: 0.7, high: 0.9)], [2, 1], loads(.nan, 0.8), [2, 0.5]),
    Case([.shed(low: 0.7, high: 0.9)], [1, 1], loads(-3, 7), [1, 0]),
    // Where it would leave nobody, all keep what they have.
    Case([.shed(low: 0.7, high: 0.9)], [2, 1], loads(1, 0.95), [2, 1]),
    Case([.shed(low: 0.7, high: 0.9)], [2, 1, 0], loads(1, 0.95, 0), [2, 1, 0]),
    // Marks that are no marks.
    Case([.shed(low: 0.9, high: 0.9)], [1, 1], loads(0.9, 0.95), [1, 0]),
    Case([.shed(low: .nan, high: 0.9)], [1, 1], loads(0.5, 0.95), [1, 0]),
  ]

  /// Factors multiply.
  static let together = [
    Case(
      [.fastest, .weightedLeastConnections, .shed(low: 0.5, high: 1)], [6, 2],
      [input(factor: 0.5, time: 30, connections: 2, load: 0.75), input(time: 10, connections: 0, load: 0.5)],
      [6 * 0.5 / 30 / 3 * 0.5, 2 / 10 / 1 * 1]),
    // What was dropped is not compared with: the mean of the others is 2.
    Case(
      [.up, .leastConnections], [1, 1, 1, 1],
      [input(.down, connections: 100), input(connections: 1), input(connections: 3), input()],
      [0, 1 / 2, 1 / 4, 1 / 3]),
    Case([.up, .neverQueue], [1, 1], [input(.down, connections: 0), input(connections: 3)], [0, 1]),
  ]

  @Test(
    arguments: leastConnections + weightedLeastConnections + shortestDelay + neverQueue + fastest + shed
      + together)
  func sharesAreByTheFormula(_ test: Case) {
    let choice = chooser(test.stages + [.weighted], members(test.weights)).choose(test.inputs)
    #expect(choice.contradictions == [])
    let expected = shares(of: test.expected)
    for (share, expected) in zip(choice.shares, expected) {
      // A cycle of 4,096 turns, of which one is given to each that would have less.
      #expect(abs(share - expected) < (expected == 0 ? 1e-12 : 3.0 / 4096))
    }
    let weights = choice.candidates.map { $0.fate == .kept ? $0.weight : 0 }
    for (weight, expected) in zip(shares(of: weights), expected) { #expect(abs(weight - expected) < 1e-9) }
    for index in expected.indices where expected[index] == 0 {
      #expect(choice.candidates[index].firstPlaces == 0)
    }
  }

  /// The best has 1 in each stage that compares, so that what stages do can be told.
  @Test func factorsAreTold() {
    let pool = members([3, 1, 2])
    let steps = chooser(
      [.up, .fastest, .weightedLeastConnections, .shed(low: 0.5, high: 1), .weighted], pool
    ).choose([
      input(time: 40, connections: 1, load: 0.75), input(.down, time: 1, connections: 0, load: 1),
      input(time: 20, connections: 3, load: 0.2),
    ]).steps
    #expect(steps.map(\.factors) == [[], [0.5, 1, 1], [1, 1, 0.5], [0.5, 1, 1], []])
    #expect(steps.map(\.left) == [2, 2, 2, 2, 2])
  }

  // MARK: Bounded loads

  /// Members of r above c = 1.25 times the average fall to c/r; what they lose goes to the others by their room below c.
  @Test(
    arguments: [
      // r: 2, 1, 0. Lost: 1 - 1.25/2 = 0.375. Room: 0.25 and 1.25.
      ([1, 1, 1], connections(20, 10, 0), [0.625, 1 + 0.375 * 0.25 / 1.5, 1 + 0.375 * 1.25 / 1.5]),
      // One above the average and below the bound takes its part: r 2, 1.2, 0.4, 0.4; room 0.05, 0.85 and 0.85.
      (
        [1, 1, 1, 1], connections(20, 12, 4, 4),
        [0.625, 1 + 0.375 * 0.05 / 1.75, 1 + 0.375 * 0.85 / 1.75, 1 + 0.375 * 0.85 / 1.75]
      ),
      // By weights: r 8/6/(12/9), 3/1/(12/9) and 1/2/(12/9). Lost: 1 - 1.25/2.25, room: 6 × 0.25 and 2 × 0.875.
      (
        [6, 1, 2], connections(8, 3, 1),
        [6 + (1 - 1.25 / 2.25) * 1.5 / 3.25, 1.25 / 2.25, 2 + (1 - 1.25 / 2.25) * 1.75 / 3.25]
      ),
      // Nobody is above the bound.
      ([1, 1, 1], connections(12, 10, 8), [1, 1, 1]),
      ([1, 1], connections(125, 75), [1, 1]),
      // No connections, or nothing reported.
      ([1, 3], connections(0, 0), [1, 3]), ([1, 3], connections(nil, nil), [1, 3]),
      // Not reported counts as average: r 2, 0 and 1.
      ([1, 1, 1], connections(20, 0, nil), [0.625, 1 + 0.375 * 1.25 / 1.5, 1 + 0.375 * 0.25 / 1.5]),
      // Loads where no connections are reported: those of equal members are their r.
      ([1, 1, 1], loads(0.8, 0.4, 0), [0.625, 1 + 0.375 * 0.25 / 1.5, 1 + 0.375 * 1.25 / 1.5]),
      // Load is of the member's own size, so the weight falls out: r 2 and 0.5 of 0.4.
      ([1, 2], loads(0.8, 0.2), [0.625, 2.375]),
      // Who has no weight has no part in it.
      ([1, 1, 0], connections(3, 1, 90), [1 - 0.25 / 1.5, 1 + 0.25 / 1.5, 0]),
      ([1], connections(50), [1]),
    ] as [([UInt32], [MemberInput], [Double])])
  func boundedHash(_ weights: [UInt32], _ inputs: [MemberInput], _ expected: [Double]) {
    let choice = chooser([.hash(.name, isBounded: true)], members(weights)).choose(inputs)
    #expect(choice.contradictions == [])
    for (candidate, expected) in zip(choice.candidates, expected) {
      #expect(abs(candidate.weight - expected) < 1e-9)
    }
    for (share, expected) in zip(choice.shares, shares(of: expected)) {
      #expect(abs(share - expected) < 0.009)
    }
    // Nobody is brought above the bound, and none of the weight is lost.
    #expect(
      abs(choice.candidates.reduce(0) { $0 + $1.weight } - weights.reduce(0) { $0 + Double($1) }) < 1e-9)
  }

  /// Clients move only from members above the bound.
  @Test func boundMovesOnlyFromTheLoaded() {
    let pool = members([1, 1, 1, 1])
    let before = chooser([.hash(.client, isBounded: false)], pool).choose().firsts
    let after = chooser([.hash(.client, isBounded: true)], pool).choose(Self.connections(30, 4, 4, 4)).firsts
    let moved = zip(before, after).filter { $0 != $1 }
    #expect(moved.allSatisfy { $0.1 != 0 })
    // Those between others are few: others grow alike, as their room is alike.
    #expect(moved.count { $0.0 != 0 } == 0)
    #expect(after.count { $0 == 0 } < before.count { $0 == 0 } / 2)
  }
}
