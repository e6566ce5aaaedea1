import Health
import Steering
import TestSupport
import Testing

/// The prober doubts itself where it alone must have failed, and nowhere else.
struct IsolationTests {
  private static func pools(_ sizes: [Int], _ check: CheckDefinition = check()) -> [HealthPool] {
    var first = 0
    return sizes.map { size in
      defer { first += size }
      return HealthPool(check, members: members(first..<(first + size)))
    }
  }

  private static func isIsolated(_ events: [HealthEvent]) -> Bool {
    events.contains { if case .isolated = $0 { true } else { false } }
  }

  @Test(arguments: [World.Behaviour.staysMute, .cannotBeReached], [1, 2, 3])
  func aCutNetworkTakesNobodyDown(_ cut: World.Behaviour, fall: Int) {
    var random = SplitMix64.random()
    var world = World(Self.pools([3, 2, 4], check(fall: fall)), random: &random)
    world.run(until: 5) { _ in .answers }
    #expect(world.states == "uuuuuuuuu")
    world.run(until: 30) { _ in cut }
    #expect(world.states == "uuuuuuuuu", "seed \(random.seed)")
    #expect(world.table.isolatedSince != nil)
    let flips = world.flips.count
    world.run(until: 40) { _ in .answers }
    #expect(world.table.isolatedSince == nil)
    #expect(world.flips.count == flips, "seed \(random.seed)")
    let others = world.events.filter { if case .flip = $0 { false } else { true } }
    #expect(others.count == 2, "seed \(random.seed): \(others)")
  }

  /// With fall=2 and above nobody is even down for a moment.
  @Test(arguments: [2, 3])
  func nobodyFlips(fall: Int) {
    var random = SplitMix64.random()
    var world = World(Self.pools([3, 2, 4], check(fall: fall)), random: &random)
    world.run(until: 5) { _ in .answers }
    world.run(until: 30) { _ in .staysMute }
    #expect(world.flips.allSatisfy { $0.to == .up && $0.from == .unknown }, "seed \(random.seed)")
  }

  /// With fall=1 the first are down before the guard knows enough; that is taken back within an interval and a timeout.
  @Test func earlyFallsAreTakenBack() {
    var random = SplitMix64.random()
    var world = World(Self.pools([3, 2, 4], check(fall: 1)), random: &random)
    world.run(until: 5) { _ in .answers }
    world.run(until: 6.52) { _ in .staysMute }
    #expect(world.states == "uuuuuuuuu", "seed \(random.seed)")
    let falls = world.flips.filter { $0.to == .down }
    let returns = world.flips.filter { $0.from == .down }
    #expect(Set(falls.map(\.target)) == Set(returns.map(\.target)))
    #expect(returns.allSatisfy { $0.reason.kind == .local })
  }

  /// All results come at once, too soon after each other to think about each of them.
  @Test func allAtOnce() {
    var table = HealthTable()
    let ids = table.update(to: Self.pools([3, 3], check(fall: 1)), at: .seconds(0)).added
    for id in ids { table.apply([(id, .success)], at: .seconds(1)) }
    for id in ids { table.apply([(id, .failure(.unreachable))], at: .seconds(2)) }
    while let next = table.nextDeadline, next < .seconds(2.1) { table.advance(to: next) }
    #expect(table.isolatedSince == .seconds(2) + .milliseconds(10))
    #expect(ids.allSatisfy { table.input(of: $0).state == .up })
  }

  @Test func targetsThatWereRemovedAreNotTakenBack() {
    var table = HealthTable()
    let pools = Self.pools([3, 3, 3], check(fall: 1))
    let ids = table.update(to: pools, at: .seconds(0)).added
    table.apply(ids.map { ($0, .failure(.timeout)) }, at: .seconds(1))
    _ = table.takeChanges()
    _ = table.update(to: [pools[0], pools[1]], at: .seconds(1.1))
    #expect(table.isolatedSince == .seconds(1.1))
    #expect(table.takeChanges().targets.count == 6)
  }

  /// Whoever was not yet known stays so: a server that starts without a network does not begin with all down.
  @Test func aStartWithoutNetwork() {
    var random = SplitMix64.random()
    var world = World(Self.pools([3, 3]), random: &random)
    world.run(until: 10) { _ in .cannotBeReached }
    #expect(world.states == "??????", "seed \(random.seed)")
    world.run(until: 12) { _ in .answers }
    #expect(world.states == "uuuuuu")
  }

  /// A slow check does not keep fast ones from being saved.
  @Test func intervalsThatDiffer() {
    var random = SplitMix64.random()
    var pools = Self.pools([3, 3, 2, 2], check(interval: .milliseconds(200)))
    for index in 2..<4 { pools[index].check = check(name: "slow", interval: .seconds(60)) }
    var world = World(pools, random: &random)
    world.run(until: 120) { _ in .answers }
    world.run(until: 500) { _ in .staysMute }
    #expect(world.states == "uuuuuuuuuu", "seed \(random.seed)")
    #expect(world.flips.allSatisfy { $0.to == .up }, "seed \(random.seed)")
  }

  /// A fast check alone cannot tell; the others save it when they know.
  @Test func slowChecksSaveAFastOne() {
    var random = SplitMix64.random()
    var pools = Self.pools([3, 4, 4], check(fall: 3))
    pools[0].check = check(name: "fast", interval: .milliseconds(100), fall: 1)
    var world = World(pools, random: &random)
    world.run(until: 5) { _ in .answers }
    world.run(until: 7) { _ in .staysMute }
    #expect(world.states == "ddduuuuuuuu", "seed \(random.seed)")
    world.run(until: 9) { _ in .staysMute }
    #expect(world.states == "uuuuuuuuuuu", "seed \(random.seed)")
  }

  /// Two of whom nothing comes back say nothing of others that have not been probed yet.
  @Test func theFirstTwoAreNotAll() {
    var table = HealthTable()
    let pools = Self.pools([3, 3])
    let ids = table.update(to: pools, at: .seconds(0)).added
    for (pool, second) in [(pools[0], 1.0), (pools[1], 1.1)] {
      let id = table.id(of: Target(pool.check, of: pool.members[0]))!
      table.apply([(id, .failure(.timeout))], at: .seconds(second))
      #expect(table.input(of: id).state == .down)
    }
    #expect(ids.count { table.input(of: $0).state == .down } == 2)
  }

  /// What really died while the network was cut goes down `fall` results after it is back.
  @Test func thresholdsApplyAfterwards() {
    var random = SplitMix64.random()
    var world = World(Self.pools([3, 3]), random: &random)
    world.run(until: 5) { _ in .answers }
    world.run(until: 20) { _ in .staysMute }
    #expect(world.states == "uuuuuu", "seed \(random.seed)")
    world.run(until: 21.5) { $0 == 0 ? .staysMute : .answers }
    #expect(world.table.isolatedSince == nil)
    #expect(world.states == "uuuuuu", "seed \(random.seed)")
    world.run(until: 25.6) { $0 == 0 ? .staysMute : .answers }
    #expect(world.states == "duuuuu", "seed \(random.seed)")
  }

  /// A member that something is heard of goes down meanwhile, if that is that it is down.
  @Test func othersMayStillFall() {
    var random = SplitMix64.random()
    var world = World(Self.pools([3, 3, 3, 3, 1]), random: &random)
    world.run(until: 5) { _ in .answers }
    world.run(until: 15) { $0 == 12 ? .refuses : .staysMute }
    #expect(world.states == "uuuuuuuuuuuud", "seed \(random.seed)")
    #expect(world.table.isolatedSince != nil)
  }

  @Test func offIsOff() {
    var random = SplitMix64.random()
    var world = World(Self.pools([3, 3]), random: &random)
    world.table.isolation = nil
    world.run(until: 5) { _ in .answers }
    world.run(until: 10) { _ in .staysMute }
    #expect(world.states == "dddddd")
  }

  struct Failure: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let sizes: [Int]
    let behaviours: [Int: World.Behaviour]

    init(
      _ description: String, _ sizes: [Int], _ numbers: Range<Int>, _ behaviour: World.Behaviour = .staysMute
    ) {
      testDescription = description
      self.sizes = sizes
      behaviours = Dictionary(uniqueKeysWithValues: numbers.map { ($0, behaviour) })
    }
  }

  /// Real failures, all of which are noticed within interval × (fall − 1) + interval + timeout.
  @Test(arguments: [
    Failure("one pool, all of it", [5], 0..<5),
    Failure("two members are too few", [1, 1], 0..<2),
    Failure("one pool of many", [3, 3, 3], 0..<3),
    Failure("two pools of many", [3, 3, 3, 3, 3], 0..<6),
    Failure("members that refuse are there", [3, 3, 3], 0..<9, .refuses),
    Failure("members that hang are there", [3, 3, 3], 0..<9, .hangs),
  ])
  func realFailures(_ failure: Failure) {
    var random = SplitMix64.random()
    var world = World(Self.pools(failure.sizes), random: &random)
    world.run(until: 5) { _ in .answers }
    world.run(until: 5 + 3.5 + 0.02) { failure.behaviours[$0] ?? .answers }
    let expected = (0..<failure.sizes.reduce(0, +)).map { failure.behaviours[$0] == nil ? "u" : "d" }
    #expect(world.states == expected.joined(), "seed \(random.seed)")
    #expect(!Self.isIsolated(world.events))
    for flip in world.flips where flip.to == .down { #expect(flip.detection <= .seconds(3.52)) }
  }

  /// The classical failover: three members of each of four pools are at one site, which dies without a word; the fourth
  /// is elsewhere.
  @Test func aSiteFailsOver() {
    var random = SplitMix64.random()
    var world = World(Self.pools([4, 4, 4, 4]), random: &random)
    world.run(until: 5) { _ in .answers }
    world.run(until: 8.52) { $0 % 4 < 3 ? .staysMute : .answers }
    #expect(world.states == "dddudddudddudddu", "seed \(random.seed)")
    #expect(!Self.isIsolated(world.events))
  }

  /// What was heard before a target's failures began is no sign that the network has been there since.
  @Test func answersFromBeforeAreNoEvidence() {
    var table = HealthTable()
    let ids = table.update(to: Self.pools([3, 3], check(fall: 2)), at: .seconds(0)).added
    table.apply(ids.map { ($0, .success) }, at: .seconds(9))
    table.apply([(ids[5], .success)], at: .seconds(9.98))
    table.apply(ids.dropLast().map { ($0, .failure(.timeout)) }, at: .seconds(10))
    table.apply([(ids[0], .failure(.timeout))], at: .seconds(10.95))
    #expect(table.isolatedSince == .seconds(10.95))
  }

  /// Nor do they end the doubt when there is more to compare them with.
  @Test func onlyLaterAnswersEndIt() {
    var table = HealthTable()
    let ids = table.update(to: Self.pools([3, 3, 3], check(fall: 1)), at: .seconds(0)).added
      .sorted { table.target(of: $0)!.subject.text < table.target(of: $1)!.subject.text }
    table.apply(ids.map { ($0, .success) }, at: .seconds(9))
    table.apply([(ids[6], .success)], at: .seconds(9.5))
    table.apply(ids[..<6].map { ($0, .failure(.timeout)) }, at: .seconds(10.1))
    table.advance(to: .seconds(10.2))
    #expect(table.isolatedSince == .seconds(10.2))
    table.apply([(ids[7], .failure(.timeout))], at: .seconds(10.3))
    #expect(table.isolatedSince == .seconds(10.2))
    table.apply([(ids[6], .success)], at: .seconds(10.4))
    #expect(table.isolatedSince == nil)
  }

  /// Silence from before is: members with a slow check may have noticed first.
  @Test func silenceFromBeforeIsEvidence() {
    var table = HealthTable()
    let slow = HealthPool(check(name: "slow", interval: .seconds(10)), members: members(3..<6))
    let pools = Self.pools([3], check(fall: 2)) + [slow]
    let ids = table.update(to: pools, at: .seconds(0)).added
    let slowIDs = ids.filter { table.target(of: $0)?.check.name == "slow" }
    let fastIDs = ids.filter { !slowIDs.contains($0) }
    table.apply(ids.map { ($0, .success) }, at: .seconds(8))
    table.apply(slowIDs.map { ($0, .failure(.timeout)) }, at: .seconds(8.7))
    for second in [9.4, 10.4] { table.apply(fastIDs.map { ($0, .failure(.timeout)) }, at: .seconds(second)) }
    #expect(table.isolatedSince == .seconds(10.4))
    #expect(fastIDs.allSatisfy { table.input(of: $0).state == .up })
  }

  /// Two policies of the same addresses are one service.
  @Test func poolsThatShareAddressesAreOne() {
    var random = SplitMix64.random()
    let one = members(0..<3)
    let pools = [
      HealthPool(check(name: "a"), members: one), HealthPool(check(name: "b"), members: one),
      HealthPool(check(name: "c"), members: Array(one.dropFirst())),
      HealthPool(check(name: "d"), members: Array(one.dropFirst()) + [member(3)]),
    ]
    var world = World(pools, random: &random)
    world.run(until: 5) { _ in .answers }
    world.run(until: 9) { _ in .staysMute }
    #expect(world.states == "ddddddddddd", "seed \(random.seed)")
  }

  /// Pools with one fallback in common are not.
  @Test func aCommonFallbackDoesNotMakeThemOne() {
    var random = SplitMix64.random()
    let fallback = member(100)
    let pools = [
      HealthPool(check(), members: members(0..<3) + [fallback]),
      HealthPool(check(), members: members(3..<6) + [fallback]),
    ]
    var world = World(pools, random: &random)
    world.run(until: 5) { _ in .answers }
    world.run(until: 15) { _ in .staysMute }
    #expect(world.states == "uuuuuuu", "seed \(random.seed)")
  }

  /// At random, nothing that answers all the time is ever down, and what is refused always goes down in time.
  @Test func whatIsHeardOfIsBelieved() {
    var random = SplitMix64.random()
    for _ in 0..<5 {
      let sizes = (0..<Int.random(in: 1...6, using: &random)).map { _ in Int.random(in: 1...5, using: &random)
      }
      let count = sizes.reduce(0, +)
      let behaviours = (0..<count).map { _ in
        [World.Behaviour.answers, .refuses, .staysMute].randomElement(using: &random)!
      }
      var world = World(Self.pools(sizes), random: &random)
      world.run(until: 5) { _ in .answers }
      world.run(until: 8.53) { behaviours[$0] }
      for (index, state) in world.states.enumerated() {
        switch behaviours[index] {
        case .answers: #expect(state == "u", "seed \(random.seed)")
        case .refuses: #expect(state == "d", "seed \(random.seed)")
        default: break
        }
      }
    }
  }
}
