import Health
import Steering
import TestSupport
import Testing

/// A thousand members that flip at random, for ten minutes: whoever follows what the table tells never serves one that
/// is down by the results so far.
@Test func flapStorm() {
  var random = SplitMix64.random()
  let seed = random.seed
  var table = HealthTable()
  let pools = (0..<100).map { pool in
    HealthPool(check(interval: .seconds(4)), members: members(pool * 10..<pool * 10 + 10))
  }
  let ids = table.update(to: pools, at: .seconds(0)).added
  // Both by the order of the IDs.
  var models = ids.map { _ in Model() }
  var served = ids.map { _ in MemberInput.State.unknown }
  let places = Dictionary(uniqueKeysWithValues: ids.enumerated().map { ($1, $0) })
  var changesTold = 0
  var flipsTold = 0
  // A quarter of a second of probes at a time.
  for step in 0..<2400 {
    let probed = stride(from: step % 16, to: ids.count, by: 16)
    let results = probed.map { place in
      (ids[place], models[place].takeResult(&random) ? ProbeResult.success : .failure(.reset))
    }
    table.apply(results, at: .seconds(Double(step) / 4))
    let changes = table.takeChanges()
    #expect(Set(changes.targets.map(\.id)).count == changes.targets.count)
    for change in changes.targets where change.aspects.contains(.state) {
      served[places[change.id]!] = table.input(of: change.id).state
      changesTold += 1
    }
    flipsTold += changes.events.count
    if let place = probed.first(where: { served[$0] != models[$0].state }) {
      Issue.record("seed \(seed): in step \(step), \(ids[place]) is served as \(served[place])")
      return
    }
  }
  #expect(changesTold == flipsTold)
  #expect(flipsTold == models.reduce(0) { $0 + $1.flips })
  #expect(flipsTold > 10_000)
}

/// What thresholds of two and three make of results, and a member that is well for some time and ill for some.
private struct Model {
  var state = MemberInput.State.unknown
  var flips = 0
  /// How many were alike, the last ones.
  private var streak = 0
  private var isSucceeding = false
  private var isWell = true

  mutating func takeResult(_ random: inout SplitMix64) -> Bool {
    if Int.random(in: 0..<6, using: &random) == 0 { isWell.toggle() }
    let isSuccess = Int.random(in: 0..<10, using: &random) == 0 ? !isWell : isWell
    streak = isSuccess == isSucceeding ? streak + 1 : 1
    isSucceeding = isSuccess
    let before = state
    if streak >= (before == .unknown ? 1 : isSuccess ? 2 : 3) { state = isSuccess ? .up : .down }
    if state != before { flips += 1 }
    return isSuccess
  }
}
