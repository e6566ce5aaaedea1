import Testing

@testable import Steering

/// `tier`: which is kept, by how much of each lives.
@Suite struct TierTests {
  struct Case: CustomTestStringConvertible {
    var panic: Policy.PanicThreshold
    /// Tier, weight, and what is known.
    var members: [(Int, UInt32, MemberInput)]
    var kept: Int
    var answered: [Int]

    init(
      _ panic: Policy.PanicThreshold, _ members: [(Int, UInt32, MemberInput)], _ kept: Int, _ answered: [Int]
    ) {
      self.panic = panic
      self.members = members
      self.kept = kept
      self.answered = answered
    }

    var testDescription: String { "\(panic) \(members.map { "\($0.0) \($0.1) \($0.2.state)" }) \(kept)" }
  }

  static let cases: [Case] = [
    // One member is enough unless said.
    Case(.members(1), [(1, 1, input()), (1, 1, input(.down)), (2, 1, input())], 1, [0]),
    Case(.members(1), [(1, 1, input(.down)), (1, 1, input(.down)), (2, 1, input())], 2, [2]),
    Case(.members(1), [(1, 1, input(.unknown)), (2, 1, input())], 1, [0]),
    // A count.
    Case(.members(2), [(1, 1, input()), (1, 1, input()), (2, 1, input()), (2, 1, input())], 1, [0, 1]),
    Case(.members(2), [(1, 1, input()), (1, 1, input(.down)), (2, 1, input()), (2, 1, input())], 2, [2, 3]),
    // Weight 0 does not count, by the policy or by a factor.
    Case(.members(2), [(1, 1, input()), (1, 0, input()), (2, 1, input()), (2, 1, input())], 2, [2, 3]),
    Case(
      .members(2), [(1, 1, input()), (1, 1, input(factor: 0)), (2, 1, input()), (2, 1, input())], 2, [2, 3]),
    // No tier reaches it: the first with any live weight, then the first with any live member.
    Case(.members(3), [(1, 1, input(.down)), (2, 1, input()), (3, 1, input())], 2, [1]),
    Case(.members(1), [(1, 0, input()), (2, 1, input(.down)), (3, 1, input())], 3, [2]),
    Case(.members(2), [(1, 0, input()), (2, 1, input()), (3, 1, input())], 2, [1]),
    Case(.members(1), [(1, 1, input(.down)), (2, 0, input()), (3, 0, input())], 2, [1]),
    // A share of the tier's weight: half of it is enough for half.
    Case(.share(0.5), [(1, 1, input()), (1, 1, input(.down)), (2, 1, input())], 1, [0]),
    Case(.share(0.51), [(1, 1, input()), (1, 1, input(.down)), (2, 1, input())], 2, [2]),
    Case(.share(0.5), [(1, 1, input()), (1, 3, input(.down)), (2, 1, input())], 2, [2]),
    Case(.share(0.5), [(1, 1, input(.down)), (1, 3, input()), (2, 1, input())], 1, [1]),
    Case(.share(1), [(1, 1, input()), (1, 1, input()), (2, 1, input())], 1, [0, 1]),
    // A share that is no exact fraction of two.
    Case(.share(0.07), [(1, 7, input()), (1, 93, input(.down)), (2, 1, input())], 1, [0]),
    Case(.share(0.071), [(1, 7, input()), (1, 93, input(.down)), (2, 1, input())], 2, [2]),
    // What a member can take counts: half of its weight.
    Case(.share(0.5), [(1, 1, input(factor: 0.5)), (1, 1, input(.down)), (2, 1, input())], 2, [2]),
    Case(.share(0.5), [(1, 1, input(factor: 0.5)), (1, 1, input(factor: 0.5)), (2, 1, input())], 1, [0, 1]),
    // No tier has so much: the first with live weight.
    Case(
      .share(0.9), [(1, 1, input()), (1, 1, input(.down)), (2, 1, input()), (2, 1, input(.down))], 1, [0]),
    // Tiers by number, wherever their members stand.
    Case(.members(1), [(7, 1, input()), (3, 1, input(.down)), (5, 1, input())], 5, [2]),
  ]

  @Test(arguments: cases)
  func tierIsKept(_ test: Case) {
    var pool = members(test.members.map(\.1))
    for (index, member) in test.members.enumerated() { pool[index].tier = member.0 }
    let choice = chooser([.up, .tier, .weighted], pool) { $0.panic = test.panic }.choose(
      test.members.map(\.2))
    #expect(choice.contradictions == [])
    #expect(choice.steps[1].keptTier == test.kept)
    #expect(choice.answered == test.answered)
    for (index, member) in test.members.enumerated() where member.2.state != .down && member.0 != test.kept {
      let reason = member.0 < test.kept ? Choice.Reason.tierTooWeak(member.0) : .tierNotReached(member.0)
      #expect(choice.candidates[index].fate == .dropped(step: 1, reason))
    }
  }

  /// Shares within a tier are by weight.
  @Test func sharesWithinATier() {
    var pool = members([5, 3, 2, 7])
    pool[3].tier = 2
    let choice = chooser([.up, .tier, .weighted], pool).choose([input(.down)])
    #expect(choice.candidates.map(\.firstPlaces) == [0, 3, 2, 0])
  }

  /// A tier that sheds all that it would get makes room for the next.
  @Test func shedTiersGiveWay() {
    var pool = members([1, 1, 1])
    pool[2].tier = 2
    let chain = chooser([.shed(low: 0.7, high: 0.9), .tier, .weighted], pool) { $0.panic = .share(0.5) }
    #expect(chain.choose([input(load: 0.7), input(load: 0.9)]).answered == [0])
    #expect(chain.choose([input(load: 0.75), input(load: 0.9)]).answered == [2])
    #expect(chain.choose([input(load: 0.9), input(load: 1), input(load: 0)]).answered == [2])
    // All are overloaded: as if none were.
    #expect(chain.choose([input(load: 0.9), input(load: 1), input(load: 1)]).answered == [0, 1])
  }
}
