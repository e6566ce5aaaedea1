import DNSWire
import TestSupport
import Testing

@testable import Answering
@testable import Steering

/// `hash`: shares by weight, and clients that move only where they must.
@Suite struct StickyTests {
  private static let hash = Stage.hash(.client, isBounded: false)
  /// Of a share from its weight's: five times the standard deviation that docs/policies.md states.
  private static let tolerance = 0.009

  /// The member that each slot is for, by identity, so that pools of different members compare.
  private func owners(_ members: [Member], _ inputs: [MemberInput] = []) -> [Member.Identity] {
    let choice = chooser([.up, Self.hash], members).choose(inputs)
    return choice.firsts.map { members[$0].identity }
  }

  /// Which part of the clients have another member.
  private func moved(_ one: [Member.Identity], _ other: [Member.Identity]) -> Double {
    #expect(one.count == other.count)
    return Double(zip(one, other).count { $0 != $1 }) / Double(one.count)
  }

  // MARK: The order of slots

  @Test func everySlotComesOnce() {
    var random = SplitMix64.random()
    print("seed \(random.seed)")
    for key in [0, 1, .max, random.next(), random.next()] {
      let order = SlotOrder(key: key)
      let slots = (0..<StickyTable.slotCount).map { order.slot(at: $0) }
      #expect(Set(slots).count == StickyTable.slotCount && slots.max() == StickyTable.slotCount - 1)
      #expect(slots.indices.allSatisfy { order.rank(of: slots[$0]) == $0 })
    }
  }

  // MARK: Shares

  @Test(arguments: [1, 2, 3, 5, 10, 64, 65, 200, 1000])
  func sharesFollowWeights(_ count: Int) {
    var random = SplitMix64.random()
    print("seed \(random.seed)")
    for _ in 0..<(count > 64 ? 2 : 5) {
      let weights = randomWeights(count, &random)
      let choice = chooser([Self.hash], members(weights)).choose()
      #expect(choice.contradictions == [])
      #expect(choice.schedule.turns.count == StickyTable.slotCount)
      #expect(choice.schedule.order == .hash(.client))
      for (share, expected) in zip(choice.shares, shares(of: weights)) {
        #expect(abs(share - expected) < Self.tolerance)
      }
      for (weight, candidate) in zip(weights, choice.candidates) where candidate.firstPlaces == 0 {
        let isWeightless = weight == 0 && weights.contains { $0 > 0 }
        #expect(candidate.fate == .dropped(step: 0, isWeightless ? .noWeight : .noTurn))
      }
    }
  }

  /// The standard deviation that docs/policies.md states, over pools of different members, where it is the greatest.
  @Test(arguments: [[1, 1], [10] + Array(repeating: 1, count: 10), [999] + Array(repeating: 1, count: 999)])
  func sharesDeviateAsSaid(_ weights: [UInt64]) {
    var random = SplitMix64.random()
    print("seed \(random.seed)")
    let rounds = weights.count > 100 ? 20 : 100
    var squares = 0.0
    for _ in 0..<rounds {
      let keys = weights.map { _ in random.next() }
      let first = StickyTable(keys: keys, weights: weights, width: 1).places.count { $0 == 0 }
      let share = Double(first) / Double(StickyTable.slotCount)
      let expected = Double(weights[0]) / Double(weights.reduce(0, +))
      #expect(abs(share - expected) < Self.tolerance)
      squares += (share - expected) * (share - expected)
    }
    // Of so few rounds, the deviation itself is off by a part of 1/√(2 × rounds): four of these are let pass.
    let slack = 1 + 4 / (2 * Double(rounds)).squareRoot()
    #expect((squares / Double(rounds)).squareRoot() < 0.0019 * slack)
  }

  /// Two members whose orders of slots were alike would share unevenly. With two rounds in place of three in
  /// `SlotOrder`, one pair of a thousand did, by up to 5 %, and one of a hundred was found here.
  ///
  /// Slots are counted by an eighth of each member's ranks: independent orders have about as many in each of 64 cells.
  @Test func noTwoMembersAreAlike() {
    var random = SplitMix64.random()
    print("seed \(random.seed)")
    let eighth = StickyTable.slotCount / 8
    for _ in 0..<500 {
      let (one, other) = (SlotOrder(key: random.next()), SlotOrder(key: random.next()))
      var cells = Array(repeating: 0, count: 64)
      for rank in 0..<StickyTable.slotCount {
        cells[rank / eighth * 8 + other.rank(of: one.slot(at: rank)) / eighth] += 1
      }
      // 49 degrees of freedom: the mean and eight standard deviations.
      #expect(chiSquare(cells, Array(repeating: 1 / 64, count: 64)) < 49 + 8 * (2 * 49).squareRoot())
    }
  }

  // MARK: Who moves

  @Test func aClientKeepsItsMemberWhileItLives() {
    var random = SplitMix64.random()
    print("seed \(random.seed)")
    for count in [2, 3, 10, 64, 65, 300] {
      let pool = members(randomWeights(count, &random))
      let before = owners(pool)
      var inputs = pool.map { _ in input() }
      for _ in 0..<3 {
        for index in inputs.indices {
          inputs[index].state = Int.random(in: 0...3, using: &random) == 0 ? .down : .up
        }
        let down = Set(zip(pool, inputs).filter { $1.state == .down }.map(\.0.identity))
        guard pool.contains(where: { $0.weight > 0 && !down.contains($0.identity) }) else { continue }
        let after = owners(pool, inputs)
        #expect(zip(before, after).allSatisfy { $0 == $1 || down.contains($0) })
      }
    }
  }

  /// Removing one moves at most its own share and 1 %, joining as much, for pools of 1 to 1,000 members: down or
  /// taken out of the zone, which is the same.
  @Test(arguments: [2, 3, 4, 10, 33, 64, 65, 66, 128, 500, 1000])
  func removingMovesTheShareOfTheRemoved(_ count: Int) {
    var random = SplitMix64.random()
    print("seed \(random.seed)")
    for _ in 0..<(count > 100 ? 2 : 6) {
      let pool = members(randomWeights(count, &random))
      let removed = Int.random(in: 0..<count, using: &random)
      guard pool.indices.contains(where: { $0 != removed && pool[$0].weight > 0 }) else { continue }
      let before = owners(pool)
      var rest = pool
      rest.remove(at: removed)
      let after = owners(rest)
      #expect(zip(before, after).allSatisfy { $0 == $1 || $0 == pool[removed].identity })
      #expect(moved(before, after) <= shares(of: pool.map(\.weight))[removed] + 0.01)
      var inputs = pool.map { _ in input() }
      inputs[removed].state = .down
      #expect(owners(pool, inputs) == after)
    }
  }

  /// Changing a weight moves at most the difference of shares and 1 %, and only to the member or only from it.
  @Test(arguments: [2, 3, 10, 64, 65, 1000])
  func changingAWeightMovesTheDifference(_ count: Int) {
    var random = SplitMix64.random()
    print("seed \(random.seed)")
    for _ in 0..<(count > 100 ? 2 : 6) {
      let pool = members(randomWeights(count, &random))
      let changed = Int.random(in: 0..<count, using: &random)
      var other = pool
      other[changed].weight = randomWeights(count, &random)[changed]
      guard [pool, other].allSatisfy({ $0.contains { $0.weight > 0 } }) else { continue }
      let (before, after) = (owners(pool), owners(other))
      let identity = pool[changed].identity
      let (share, next) = (shares(of: pool.map(\.weight))[changed], shares(of: other.map(\.weight))[changed])
      #expect(moved(before, after) <= abs(next - share) + 0.01)
      let grows = other[changed].weight >= pool[changed].weight
      #expect(zip(before, after).allSatisfy { $0 == $1 || (grows ? $1 : $0) == identity })
    }
  }

  /// The same for a weight in force, such as slow start's.
  @Test func slowStartMovesTheDifference() {
    let pool = members([3, 2, 1, 5])
    var before = owners(pool, [input(factor: 0.1)])
    for tenths in 2...10 {
      let after = owners(pool, [input(factor: Double(tenths) / 10)])
      #expect(zip(before, after).allSatisfy { $0 == $1 || $1 == pool[0].identity })
      before = after
    }
    #expect(before == owners(pool))
  }

  /// What all members have in common changes nothing.
  @Test func commonFactorsMoveNobody() {
    let pool = members([3, 2, 1, 5])
    let before = owners(pool)
    for factor in [0.001, 0.3, 7, 1000] {
      #expect(owners(pool, pool.map { _ in input(factor: factor) }) == before)
    }
    #expect(owners(members([300, 200, 100, 500])) == before)
  }

  // MARK: Answers of several

  /// The first place is that of `answers=1`; the second that which would be first without it.
  @Test func theSecondIsWhoWouldTakeOver() {
    let pool = members([5, 3, 2, 1])
    let single = chooser([.up, Self.hash], pool).choose()
    let double = chooser([.up, Self.hash], pool, answers: 2).choose()
    #expect(double.contradictions == [])
    #expect(double.firsts == single.firsts)
    for down in pool.indices {
      var inputs = pool.map { _ in input() }
      inputs[down].state = .down
      let without = chooser([.up, Self.hash], pool).choose(inputs).firsts
      #expect(zip(double.answers, without).allSatisfy { $0[0] != down || $0[1] == $1 })
    }
  }

  /// Long answers: the slot decides as many places as memory has room for.
  @Test(arguments: [
    (8, 1000, 8), (9, 9, 5), (9, 10, 4), (10, 10, 4), (20, 20, 3), (64, 64, 2), (63, 64, 2), (65, 65, 1),
    (9, 1000, 1),
    (1000, 1000, 1), (1, 1, 1), (2, 2, 2),
  ])
  func depths(_ width: Int, _ members: Int, _ depth: Int) {
    #expect(StickyTable.depth(of: width, among: members) == depth)
  }

  @Test(arguments: [(12, 12), (12, 5), (70, 70), (300, 9)])
  func longAnswers(_ count: Int, _ width: Int) {
    let pool = members((0..<count).map { UInt32($0 % 3 + 1) })
    let choice = chooser([Self.hash], pool, answers: width).choose()
    #expect(choice.contradictions == [])
    #expect(choice.schedule.answers.allSatisfy { $0.count == width })
    #expect(choice.firsts == chooser([Self.hash], pool).choose().firsts)
    #expect(choice.schedule.answers.count * width <= max(262_144, count * width))
  }

  // MARK: The hash, as queries have it

  /// Clients' networks as the data plane hashes them get members in proportion to weights.
  @Test func clientsFollowWeights() {
    let firsts = chooser([Self.hash], members([5, 3, 2])).choose().firsts
    var counts = [0, 0, 0]
    for network in 0..<100_000 as Range<UInt32> {
      let key = StickyHash.key(of: IPAddress(v4: network << 8 | 7))
      counts[firsts[StickyHash.turn(of: key, among: firsts.count)]] += 1
    }
    for (count, share) in zip(counts, [0.5, 0.3, 0.2]) {
      #expect(abs(Double(count) / 100_000 - share) < Self.tolerance + 0.008)
    }
  }
}
