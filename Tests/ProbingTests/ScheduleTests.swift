import Health
import TestSupport
import Testing

@testable import Probing

private let second: Int64 = 1_000_000_000
private let millisecond: Int64 = 1_000_000

@Suite struct ScheduleTests {
  let seed = UInt64.random(in: 0...UInt64.max)

  /// What the bound of detection rests on. Timers add up to a millisecond, the pace some more, to each beginning.
  @Test(arguments: [100, 1_000, 7_300])
  func betweenTwoProbesIsNoMoreThanTheInterval(milliseconds: Int) {
    var run = ScheduleRun(seed: seed)
    let interval = Int64(milliseconds) * millisecond
    run.add(0..<40, every: .milliseconds(milliseconds))
    run.run(until: run.now + interval * 50)
    for (target, gaps) in run.gaps {
      #expect((50...54).contains(gaps.count), "target \(target), seed \(seed)")
      #expect(gaps.allSatisfy { $0 <= interval + 5 * millisecond }, "target \(target), seed \(seed)")
      #expect(gaps.dropFirst(2).allSatisfy { $0 >= interval * 95 / 100 - 5 * millisecond }, "seed \(seed)")
    }
    #expect(run.schedule.lateCount == 0 && run.schedule.waitCount == 0)
  }

  /// A single target is probed at once, and the first probes of many are spread over at most a second.
  @Test(arguments: [(1, 1), (20, 20), (10_000, 510)])
  func firstProbesComeSoon(targets: Int, within limit: Int64) throws {
    var run = ScheduleRun(seed: seed)
    run.add(0..<targets, every: .seconds(1))
    let start = run.now
    run.run(until: start + second)
    let firsts = Dictionary(grouping: run.probes, by: \.target).mapValues { $0[0].begin - start }
    #expect(firsts.count == targets)
    #expect(try #require(firsts.values.max()) <= limit * millisecond)
    #expect(run.schedule.lateCount == 0)
  }

  @Test func firstProbesOfLongIntervalsTakeASecond() throws {
    var run = ScheduleRun(seed: seed)
    run.add(0..<5_000, every: .seconds(3_600))
    let start = run.now
    run.run(until: start + 2 * second)
    let firsts = Dictionary(grouping: run.probes, by: \.target).mapValues { $0[0].begin - start }
    #expect(firsts.count == 5_000)
    #expect(try #require(firsts.values.max()) <= second + 2 * millisecond)
  }

  /// Targets that were added together are spread over the whole interval from the second probe on.
  @Test func probesSpreadEvenly() {
    var run = ScheduleRun(seed: seed)
    run.add(0..<2_000, every: .seconds(2))
    let start = run.now
    run.run(until: start + 12 * second)
    for tenth in 0..<10 {
      let begin = start + 8 * second + Int64(tenth) * 200 * millisecond
      let count = run.probes.filter { (begin..<begin + 200 * millisecond).contains($0.begin) }.count
      // Of 200, three standard deviations and more.
      #expect((140...270).contains(count), "tenth \(tenth), seed \(seed)")
    }
  }

  /// Those that are due shortly after one another, which saves waking up for each; and none late for it.
  @Test func probesBeginTogether() {
    var run = ScheduleRun(seed: seed)
    run.add(0..<2_000, every: .seconds(2))
    run.run(until: run.now + 4 * second)
    run.probes = []
    run.run(until: run.now + 8 * second)
    #expect(Set(run.probes.map(\.begin)).count <= 8 * 251, "seed \(seed)")
    #expect(
      run.gaps.values.allSatisfy { $0.allSatisfy { $0 <= 2 * second + 2 * millisecond } }, "seed \(seed)")
  }

  @Test func probesOfATargetDoNotOverlap() {
    var run = ScheduleRun(seed: seed)
    // The timeout may be as long as the interval.
    run.add(0..<50, every: .milliseconds(100))
    var random = SplitMix64(seed: seed)
    run.run(until: run.now + 5 * second) { _ in .random(in: 0...120 * millisecond, using: &random) }
    for (target, probes) in Dictionary(grouping: run.probes, by: \.target) {
      for (one, next) in zip(probes, probes.dropFirst()) {
        #expect(next.begin >= one.end, "target \(target), seed \(seed)")
        #expect(next.begin - one.begin <= 101 * millisecond, "target \(target), seed \(seed)")
      }
    }
  }

  @Test func theBudgetHolds() {
    var run = ScheduleRun(budget: 8, seed: seed)
    run.add(0..<100, every: .seconds(1))
    run.run(until: run.now + 5 * second) { _ in 50 * millisecond }
    #expect(run.mostRunning == 8)
    #expect(run.schedule.waitCount > 0)
    // 8 at a time, of 50 ms each, are 160 in a second: enough for all.
    #expect(run.gaps.values.allSatisfy { $0.count >= 4 }, "seed \(seed)")
  }

  /// Half of the targets never reply and would take four times the budget; the others do not notice.
  @Test func theDeadDoNotDelayTheLiving() {
    var run = ScheduleRun(budget: 10, seed: seed)
    run.add(0..<400, every: .seconds(1))
    let isDead = { (target: Int) in target < 200 }
    let duration = { (target: Int) in isDead(target) ? second : millisecond }
    run.run(until: run.now + 10 * second, duration: duration)
    let warmedUp = run.now
    run.probes = []
    run.run(until: warmedUp + 10 * second, duration: duration)
    for (target, gaps) in run.gaps where !isDead(target) {
      #expect(gaps.allSatisfy { $0 <= second + 5 * millisecond }, "target \(target), seed \(seed)")
    }
    // Half of ten, of 100 ms each, are 50 in a second, in turn.
    let dead = Dictionary(grouping: run.probes.filter { isDead($0.target) }, by: \.target)
    #expect(dead.count == 200, "seed \(seed)")
    #expect(dead.values.allSatisfy { (2...3).contains($0.count) }, "seed \(seed)")
  }

  /// A process that was stopped for a minute does not make up for what it missed.
  @Test func aStopCausesNoBurst() {
    var run = ScheduleRun(seed: seed)
    run.add(0..<1_000, every: .seconds(1))
    run.run(until: run.now + 5 * second)
    let stop = run.now
    run.now += 60 * second
    let resumed = run.now
    run.probes = []
    run.run(until: resumed + 3 * second)
    // Of 4,000 a second.
    let burst = run.probes.filter { $0.begin < resumed + 100 * millisecond }.count
    #expect(burst <= 430, "seed \(seed), stopped at \(stop)")
    let firsts = Dictionary(grouping: run.probes, by: \.target).mapValues { $0[0].begin }
    #expect(firsts.count == 1_000)
    #expect(firsts.values.allSatisfy { $0 <= resumed + 600 * millisecond }, "seed \(seed)")
    #expect(run.probes.count <= 4_200, "seed \(seed)")
    #expect(run.schedule.lateCount >= 900)
  }

  @Test func removedTargetsAreNotProbed() {
    var run = ScheduleRun(budget: 4, seed: seed)
    run.add(0..<20, every: .milliseconds(200))
    run.run(until: run.now + second) { _ in 100 * millisecond }
    for target in 0..<19 { run.remove(target) }
    run.probes = []
    run.run(until: run.now + second) { _ in 100 * millisecond }
    #expect(Set(run.probes.map(\.target)) == [19])
    #expect(run.probes.count >= 4, "what the removed ones took of the budget is free")
    run.add(0..<3, every: .milliseconds(200))
    run.run(until: run.now + second)
    #expect(Set(run.probes.map(\.target)) == [0, 1, 2, 19])
  }
}
