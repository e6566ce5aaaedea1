import Health
import Steering
import TestSupport
import Testing

@testable import Control

/// Until when caches may hold members that are not answered any more.
struct LivePoolsTests {
  private let monitor = HealthMonitor(isolation: nil) {}
  private let drained: Override.Scope

  init() throws { drained = try #require(Override.Scope("192.0.2.1")) }

  private func zones(ttl: Int, members: [String] = ["192.0.2.1", "192.0.2.2"]) throws -> [LiveZone] {
    let folder = TemporaryFolder()
    folder.write(
      "a.example.zone",
      "$TTL 60\n@ SOA ns1 h 1 2 1 9 3\n@ NS ns1\nns1 A 192.0.2.53\n"
        + members.map { "www A \($0)\n" }.joined() + "_lb.www TXT \"ttl=\(ttl)\"\n")
    var table = ZoneTable(workers: 1)
    for file in try ZoneFolder.scan(folder.path).files { _ = table.apply(ZoneAttempt(reading: file)) }
    return table.live
  }

  private func time(_ seconds: Int) -> Moment { Moment(nanoseconds: Int64(seconds) * 1_000_000_000) }

  private func drain(_ pools: inout LivePools, at second: Int) throws {
    try monitor.order(Override(.drain, of: drained, since: WallTime(nanoseconds: 0)))
    _ = pools.refresh(pools.with(drained), monitor, at: time(second))
  }

  private func takeBack(_ pools: inout LivePools, at second: Int) {
    _ = monitor.takeBack(drained)
    _ = pools.refresh(pools.with(drained), monitor, at: time(second))
  }

  /// In seconds.
  private func cachedUntil(_ pools: LivePools, at second: Int) -> Int? {
    pools.pools[0].cachedUntil(0, at: time(second)).map { Int($0.nanoseconds / 1_000_000_000) }
  }

  @Test func drainedMember() throws {
    var pools = LivePools()
    _ = pools.update(to: try zones(ttl: 30), monitor, at: time(0))
    #expect(cachedUntil(pools, at: 0) == nil)
    try drain(&pools, at: 100)
    #expect(cachedUntil(pools, at: 100) == 130)
    // It is not answered meanwhile, so that nothing is added.
    try drain(&pools, at: 110)
    _ = pools.update(to: try zones(ttl: 20), monitor, at: time(115))
    #expect(cachedUntil(pools, at: 120) == 130)
    #expect(cachedUntil(pools, at: 130) == nil)
    takeBack(&pools, at: 140)
    #expect(cachedUntil(pools, at: 140) == nil)
    try drain(&pools, at: 141)
    #expect(cachedUntil(pools, at: 141) == 161)
  }

  @Test func longestTimeToLive() throws {
    var pools = LivePools()
    _ = pools.update(to: try zones(ttl: 30), monitor, at: time(0))
    _ = pools.update(to: try zones(ttl: 5), monitor, at: time(100))
    #expect(cachedUntil(pools, at: 100) == nil)
    try drain(&pools, at: 110)
    #expect(cachedUntil(pools, at: 110) == 130)
    takeBack(&pools, at: 120)
    try drain(&pools, at: 128)
    #expect(cachedUntil(pools, at: 128) == 133)
  }

  /// What another process answered before is not known, and may have been all.
  @Test func newPool() throws {
    var pools = LivePools()
    try monitor.order(Override(.drain, of: drained, since: WallTime(nanoseconds: 0)))
    _ = pools.update(to: try zones(ttl: 30), monitor, at: time(10))
    #expect(cachedUntil(pools, at: 10) == 40)
    #expect(cachedUntil(pools, at: 40) == nil)
  }

  /// A member that comes into a pool while it is drained has not been answered.
  @Test func memberThatReturns() throws {
    var pools = LivePools()
    _ = pools.update(to: try zones(ttl: 30), monitor, at: time(0))
    _ = pools.update(to: try zones(ttl: 30, members: ["192.0.2.2"]), monitor, at: time(100))
    try monitor.order(Override(.drain, of: drained, since: WallTime(nanoseconds: 0)))
    _ = pools.update(to: try zones(ttl: 30), monitor, at: time(110))
    #expect(cachedUntil(pools, at: 110) == 130)
    _ = pools.update(to: try zones(ttl: 30, members: ["192.0.2.2"]), monitor, at: time(200))
    _ = pools.update(to: try zones(ttl: 30), monitor, at: time(210))
    #expect(cachedUntil(pools, at: 210) == nil)
  }
}
