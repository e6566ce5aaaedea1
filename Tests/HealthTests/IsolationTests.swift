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
    world.run(until: 40) { _ in .answers }
    #expect(world.table.isolatedSince == nil)
    #expect(world.states == "uuuuuuuuu")
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

  /// Two policies of the same addresses are one service.
  @Test func poolsThatShareAddressesAreOne() {
    var random = SplitMix64.random()
    let one = members(0..<3)
    let pools = [
      HealthPool(check(name: "a"), members: one), HealthPool(check(name: "b"), members: one),
      HealthPool(check(name: "c"), members: Array(one.dropFirst())),
    ]
    var world = World(pools, random: &random)
    world.run(until: 5) { _ in .answers }
    world.run(until: 9) { _ in .staysMute }
    #expect(world.states == "dddddddd", "seed \(random.seed)")
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
