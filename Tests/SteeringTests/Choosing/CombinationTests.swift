import TestSupport
import Testing

@testable import Steering

/// What is answered for every combination of members that are up and down, for each `fail`, under several chains.
@Suite struct CombinationTests {
  /// A pool of two tiers and three locations, one member for want of others.
  private static let pool: [Member] = {
    let places =
      [("fra", 1, 3), ("fra", 1, 1), ("nyc", 1, 2), ("nyc", 2, 1), ("sin", 2, 0)] as [(String, Int, UInt32)]
    return zip(members(places.map(\.2)), places).map { member, place in
      var member = member
      member.location = place.0
      member.tier = place.1
      return member
    }
  }()

  private static let client = ClientClass(nearest: ["fra", "nyc", "sin"], owner: "fra")

  private static let chains: [[Stage]] = [
    [.up, .weighted], [.up, .tier, .weighted], [.tier, .up, .roundRobin], [.up, .nearest(count: 1), .random],
    [.nearest(count: 2), .up, .weightedRandom], [.fence, .up, .weighted], [.up, .fence, .weighted],
    [.up, .nearest(count: 1), .tier, .hash(.client, isBounded: false)],
    [.up, .tier, .nearest(count: 2), .fastest, .weighted],
    [.up, .tier, .shed(low: 0.7, high: 0.9), .weighted],
    [.up, .neverQueue, .hash(.name, isBounded: true)], [.up, .leastConnections, .shortestDelay, .weighted],
    [.fastest, .up, .tier, .fence, .random],
  ]

  /// The stages by their definitions, member by member, over indices of `pool`.
  private struct Model {
    let isUp: [Bool]
    let fail: Policy.FailMode
    let last: Set<Int>
    var left = Set(pool.indices)
    var isFallback = false
    var isClosed = false

    private func isAlive(_ index: Int) -> Bool { isFallback || isUp[index] }

    mutating func run(_ stages: [Stage]) -> Set<Int> {
      for stage in stages {
        let before = left
        left = after(stage)
        guard left.isEmpty, !before.isEmpty else { continue }
        switch fail {
        case .closed: isClosed = true
        case .open: left = before
        case .last: left = last.isEmpty ? before : last
        }
        isFallback = !isClosed
      }
      let weighty = left.filter { pool[$0].weight > 0 }
      return weighty.isEmpty ? left : weighty
    }

    private func after(_ stage: Stage) -> Set<Int> {
      let alive = left.filter(isAlive)
      let weighty = alive.filter { pool[$0].weight > 0 }
      let counted = weighty.isEmpty ? alive : weighty
      switch stage {
      case .up: return alive
      case .tier:
        let tier = counted.map { pool[$0].tier }.min()
        return left.filter { pool[$0].tier == tier }
      case .nearest(let count):
        let near = client.nearest.filter { name in counted.contains { pool[$0].location == name } }.prefix(
          count)
        return left.filter { near.contains(pool[$0].location ?? "") }
      case .fence: return left.filter { pool[$0].location == client.owner }
      default: return left
      }
    }
  }

  @Test(arguments: chains, Policy.FailMode.allCases)
  func everyCombination(_ stages: [Stage], _ fail: Policy.FailMode) {
    // Working out a table takes long in a debug build.
    let isHash = stages.contains(where: \.isHash)
    let lasts: [Set<Int>] = fail != .last ? [[]] : isHash ? [[0, 4]] : [[], [0], [2, 3], [4]]
    for answers in isHash ? [nil] : [nil, 2] {
      let pool = chooser(stages, Self.pool, answers: answers) { $0.fail = fail }
      for bits in 0..<1 << Self.pool.count {
        let isUp = Self.pool.indices.map { bits >> $0 & 1 == 1 }
        let inputs = isUp.enumerated().map { index, isUp in
          input(isUp ? (index == 0 ? .unknown : .up) : .down, time: 20, connections: 3, load: 0.1)
        }
        for last in lasts {
          let identities = Set(last.map { Self.pool[$0].identity })
          let choice = pool.choose(inputs, client: Self.client, last: identities)
          var model = Model(isUp: isUp, fail: fail, last: last)
          let expected = model.run(stages)
          let comment: Comment = "\(stages) \(fail) up: \(isUp) last: \(last)"
          #expect(choice.contradictions == [], comment)
          #expect(Set(choice.answered) == expected, comment)
          #expect(choice.isFallback == (model.isFallback || model.isClosed), comment)
          #expect(choice.schedule.turns.isEmpty == model.isClosed, comment)
          if stages.contains(.up), !choice.isFallback {
            #expect(choice.answered.allSatisfy { isUp[$0] }, comment)
          }
        }
      }
    }
  }

  /// Which stage fell back, and to whom, is told.
  @Test func fallbacksAreTold() {
    let stages: [Stage] = [.up, .fence, .weighted]
    let down = Self.pool.map { _ in input(.down) }
    let fallbacks = { (fail: Policy.FailMode, last: Set<Member.Identity>, owner: String?) in
      chooser(stages, Self.pool) { $0.fail = fail }
        .choose(down, client: ClientClass(owner: owner), last: last).steps.map(\.fallback)
    }
    let last: Set = [Self.pool[1].identity]
    #expect(fallbacks(.open, [], "fra") == [.open, nil, nil])
    #expect(fallbacks(.open, [], nil) == [.open, .open, nil])
    #expect(fallbacks(.closed, [], "fra") == [.closed, nil, nil])
    #expect(fallbacks(.last, last, "fra") == [.last, nil, nil])
    #expect(fallbacks(.last, [], "fra") == [.open, nil, nil])
    #expect(fallbacks(.last, [member("192.0.2.1").identity], "fra") == [.open, nil, nil])
  }

  /// Targets are the same whatever their letter case is: a zone may come to write them otherwise.
  @Test func theLastAnsweredAreFoundInAnyLetterCase() {
    let pool = [member("a.example.net."), member("B.example.net.")]
    let choice = chooser([.up, .weighted], pool) { $0.fail = .last }
      .choose([input(.down), input(.down)], client: .unknown, last: [member("b.EXAMPLE.net.").identity])
    #expect(choice.answered == [1])
    #expect(choice.candidates[0].fate == .dropped(step: 0, .down))
  }
}
