import DNSWire
import TestSupport
import Testing

@testable import Steering

/// What holds of every choice.
@Suite struct ChooserTests {
  private static let stages: [Stage] = [
    .up, .tier, .nearest(count: 1), .nearest(count: 2), .fence, .fastest, .leastConnections,
    .weightedLeastConnections,
    .shortestDelay, .neverQueue, .shed(low: 0.7, high: 0.9),
  ]
  private static let orders: [Stage] = [
    // Twice: working out a table takes long in a debug build.
    .weighted, .roundRobin, .random, .weightedRandom, .weighted, .roundRobin, .random, .weightedRandom,
    .hash(.client, isBounded: false), .hash(.name, isBounded: true),
  ]
  private static let names = ["fra", "nyc", "sin", "lab"]
  /// What may be measured, and what may not.
  private static let numbers: [Double] = [
    0, -0.0, 1, 0.5, 0.1, 1e-300, 1e-9, 0.75, 20, 1000, 1e9, 1e300, -1, -1e300, .nan, .infinity, -.infinity,
    .greatestFiniteMagnitude, .leastNonzeroMagnitude,
  ]

  private static func randomInput(_ random: inout SplitMix64) -> MemberInput {
    func number() -> Double? { Bool.random(using: &random) ? numbers.randomElement(using: &random) : nil }
    var input = input(
      [.up, .up, .unknown, .down].randomElement(using: &random) ?? .up, factor: number() ?? 1)
    input.responseTime = number()
    input.load = number()
    let counts = [nil, nil, 0, 1, 7, 100_000, -1, .min, .max] as [Int?]
    input.connections = counts.randomElement(using: &random) ?? nil
    return input
  }

  private static func randomChooser(_ random: inout SplitMix64) -> Chooser {
    var pool = members(randomWeights(Int.random(in: 0...9, using: &random), &random))
    for index in pool.indices {
      pool[index].tier = Int.random(in: 1...3, using: &random)
      pool[index].location = Bool.random(using: &random) ? names.randomElement(using: &random) : nil
    }
    if Int.random(in: 0...9, using: &random) == 0 {
      for index in pool.indices { pool[index].identity = .target(name("m\(index).example.net")) }
    }
    let chain = stages.shuffled(using: &random).prefix(Int.random(in: 0...5, using: &random))
    return chooser(
      chain + [orders.randomElement(using: &random) ?? .weighted], pool.shuffled(using: &random),
      answers: [nil, 1, 2, 5].randomElement(using: &random) ?? nil
    ) { policy in
      policy.fail = Policy.FailMode.allCases.randomElement(using: &random) ?? .open
      policy.panic =
        Bool.random(using: &random)
        ? .members(Int.random(in: 1...4, using: &random)) : .share(Double.random(in: 0...1, using: &random))
    }
  }

  /// Whatever is measured, reported or mistaken: an answer of living members, or what `fail` says.
  @Test func anyInputsGiveADefinedChoice() {
    var random = SplitMix64.random()
    print("seed \(random.seed)")
    for _ in 0..<500 {
      let chooser = Self.randomChooser(&random)
      let inputs = chooser.members.map { _ in Self.randomInput(&random) }
      let nearest = Self.names.shuffled(using: &random).prefix(Int.random(in: 0...4, using: &random))
      let client = ClientClass(nearest: Array(nearest), owner: Self.names.randomElement(using: &random))
      let last = Set(chooser.members.filter { _ in Bool.random(using: &random) }.map(\.identity))
      let choice = chooser.choose(inputs, client: client, last: last)
      let comment: Comment = "\(chooser) \(inputs) \(client)"
      #expect(choice.contradictions == [], comment)
      #expect(choice.steps.map(\.stage) == chooser.policy.stages, comment)
      let isClosed = choice.steps.contains { $0.fallback == .closed }
      #expect(choice.schedule.turns.isEmpty == (isClosed || chooser.members.isEmpty), comment)
      #expect(!isClosed || chooser.policy.fail == .closed, comment)
      if chooser.policy.stages.contains(.up), !choice.isFallback {
        #expect(choice.answered.allSatisfy { inputs[$0].state != .down }, comment)
      }
      #expect(chooser.choose(inputs, client: client, last: last) == choice, comment)
    }
  }

  /// The order of members decides nothing: the same members are answered at the same turns.
  @Test func theOrderOfMembersDecidesNothing() {
    var random = SplitMix64.random()
    print("seed \(random.seed)")
    for _ in 0..<150 {
      let one = Self.randomChooser(&random)
      let inputs = one.members.map { _ in Self.randomInput(&random) }
      let order = one.members.indices.shuffled(using: &random)
      let other = Chooser(policy: one.policy, members: order.map { one.members[$0] }, seed: 1)
      let client = ClientClass(nearest: ["fra", "sin"], owner: "nyc")
      let choice = one.choose(inputs, client: client)
      let shuffled = other.choose(order.map { inputs[$0] }, client: client)
      #expect(shuffled.answers.map { $0.map { order[$0] } } == choice.answers)
      for (place, index) in order.enumerated() {
        #expect(shuffled.candidates[place].fate == choice.candidates[index].fate)
      }
    }
  }

  @Test func membersAreInTheOrderOfTheirIdentities() {
    let texts = [
      "b.example.net.", "2001:db8::2", "192.0.2.10", "A.example.net.", "192.0.2.9", "2001:db8::1",
      "2001:db8:1::",
    ]
    let chooser = chooser([.weighted], texts.map { member($0) })
    #expect(chooser.canonical == [4, 2, 5, 1, 6, 3, 0])
  }

  /// A member's places in hash tables follow from its identity: other families and letter cases aside.
  @Test func keysAreByIdentity() {
    let hash = Stage.hash(.client, isBounded: false)
    let keys = { (texts: [String]) in chooser([hash], texts.map { member($0) }).keys }
    #expect(keys(["a.example.net."]) == keys(["A.Example.NET."]))
    #expect(
      Set(keys(["192.0.2.1", "192.0.2.2", "2001:db8::1", "2001:db8:1::", "::c000:201", "a.example."])).count
        == 6)
    #expect(chooser([.weighted], [member("192.0.2.1")]).keys.isEmpty)
  }

  /// A chain without a final order ends in `weighted`; what stands after one is not heeded.
  @Test func chainsEndInAFinalOrder() {
    let pool = members([2, 1])
    let ended = chooser([.up], pool).choose()
    #expect(ended.steps.map(\.stage) == [.up, .weighted])
    #expect(ended.firsts == [0, 1, 0])
    let hash = Stage.hash(.client, isBounded: false)
    #expect(chooser([hash, .up], pool).choose().steps.map(\.stage) == [hash])
  }

  /// Inputs are parallel to the members; of those that they are too short for nothing is known, others are left out.
  @Test func inputsMayBeTooFewOrTooMany() {
    let pool = chooser([.up, .weighted], members([1, 1]))
    #expect(pool.choose([input(.down)]).answered == [1])
    #expect(pool.choose([input(), input(.down), input(.down), input()]).answered == [0])
  }
}
