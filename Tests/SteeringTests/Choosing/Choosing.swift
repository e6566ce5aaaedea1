import DNSWire
import TestSupport

@testable import Steering

// What the tests of choosing have in common.

/// Members of the weights, with addresses from 10.0.0.1 on.
func members(_ weights: [UInt32]) -> [Member] {
  weights.enumerated().map { index, weight in
    var member = Member(.address(IPAddress(v4: 0x0a00_0001 + UInt32(index))))
    member.weight = weight
    return member
  }
}

func chooser(
  _ stages: [Stage], _ members: [Member], answers: Int? = nil, seed: UInt64 = 1,
  _ change: (inout Policy) -> Void = { _ in }
) -> Chooser {
  var policy = Policy(owner: name("www.example.com"), stages: stages, members: members)
  policy.answers = answers
  change(&policy)
  return Chooser(policy: policy, members: members, seed: seed)
}

/// What is known of a member.
func input(
  _ state: MemberInput.State = .up, factor: Double = 1, time: Double? = nil, connections: Int? = nil,
  load: Double? = nil
) -> MemberInput {
  var input = MemberInput()
  input.state = state
  input.weightFactor = factor
  input.responseTime = time
  input.connections = connections
  input.load = load
  return input
}

extension Chooser {
  /// The choice for clients that nothing is known about.
  func choose(_ inputs: [MemberInput] = []) -> Choice { choose(inputs, client: .unknown) }
}

extension Choice {
  /// At which part of the turns each member comes first.
  var shares: [Double] { candidates.map { Double($0.firstPlaces) / Double(schedule.turns.count) } }

  /// The answers, turn by turn.
  var answers: [[Int]] { schedule.turns.map { schedule.answers[Int($0)] } }

  /// The members that come first, turn by turn.
  var firsts: [Int] { schedule.turns.map { schedule.answers[Int($0)][0] } }

  /// What is wrong with the choice whatever its policy is; empty where all is right.
  var contradictions: [String] {
    var wrong: [String] = []
    func check(_ holds: Bool, _ what: String) { if !holds { wrong.append(what) } }
    check(schedule.turns.count <= 65_536 && schedule.answers.count <= 65_536, "too many turns or answers")
    check(schedule.turns.allSatisfy { $0 < schedule.answers.count }, "a turn without an answer")
    check(schedule.answers.allSatisfy { Set($0).count == $0.count && !$0.isEmpty }, "a member twice, or none")
    check(Set(schedule.answers).count == schedule.answers.count, "an answer twice")
    guard wrong.isEmpty else { return wrong }
    var turnCounts = schedule.answers.map { _ in 0 }
    for turn in schedule.turns { turnCounts[Int(turn)] += 1 }
    var counts = candidates.map { _ in 0 }
    var given: Set<Int> = []
    for (answer, turnCount) in zip(schedule.answers, turnCounts) where turnCount > 0 {
      counts[answer[0]] += turnCount
      given.formUnion(answer)
    }
    check(given.sorted() == answered, "others are kept than are answered")
    check(counts == candidates.map(\.firstPlaces), "first places are not counted right")
    check(steps.last?.left == answered.count, "the last step leaves others than are answered")
    for candidate in candidates {
      if case .dropped(let step, _) = candidate.fate { check(steps.indices.contains(step), "no such step") }
      check(candidate.weight >= 0 && candidate.weight.isFinite, "a weight of \(candidate.weight)")
    }
    for step in steps {
      check(step.factors.isEmpty || step.factors.count == candidates.count, "factors of others")
      check(step.factors.allSatisfy { $0 >= 0 && $0.isFinite }, "a factor that is no number")
    }
    return wrong
  }
}

/// Weights of a pool of any kind: all the same, small ones, up to the greatest, one above all others, some of them 0.
func randomWeights(_ count: Int, _ random: inout SplitMix64) -> [UInt32] {
  let kind = Int.random(in: 0...4, using: &random)
  var weights = (0..<count).map { _ -> UInt32 in
    switch kind {
    case 0: 7
    case 1: UInt32.random(in: 1...10, using: &random)
    case 2: UInt32.random(in: 1...1_000_000, using: &random)
    case 3: UInt32(1) << UInt32.random(in: 0...19, using: &random)
    default: 1
    }
  }
  if kind == 4, let heavy = weights.indices.randomElement(using: &random) {
    weights[heavy] = UInt32(count) * UInt32.random(in: 1...900, using: &random)
  }
  if Bool.random(using: &random) {
    for index in weights.indices where Int.random(in: 0...4, using: &random) == 0 { weights[index] = 0 }
  }
  return weights
}

/// Parts of the sum; of equal size where the sum is 0.
func shares(of weights: [UInt32]) -> [Double] { shares(of: weights.map { Double($0) }) }

func shares(of weights: [Double]) -> [Double] {
  let sum = weights.reduce(0, +)
  return weights.map { sum > 0 ? $0 / sum : 1 / Double(weights.count) }
}

/// Pearson's statistic of what was counted against what parts of it were expected, none 0.
func chiSquare(_ counts: [Int], _ expected: [Double]) -> Double {
  let sum = Double(counts.reduce(0, +))
  return zip(counts, expected).reduce(0) { total, pair in
    let mean = pair.1 * sum
    return total + (Double(pair.0) - mean) * (Double(pair.0) - mean) / mean
  }
}
