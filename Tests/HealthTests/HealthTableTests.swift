import Steering
import TestSupport
import Testing

@testable import Health

/// Many targets, and how they come and go.
struct HealthTableTests {
  @Test func aTargetOfSeveralPoolsIsOne() {
    var table = HealthTable()
    let pool = HealthPool(check(), members: members(0..<3))
    let (added, removed) = table.update(
      to: [pool, pool, HealthPool(check(), members: members(2..<5))], at: .seconds(0))
    #expect(added.count == 5)
    #expect(Set(table.ids) == Set(added))
    #expect(removed.isEmpty)
    for id in added { #expect(table.target(of: id).flatMap(table.id(of:)) == id) }
  }

  @Test func aReloadKeepsStates() {
    var table = HealthTable()
    let old = table.update(to: [HealthPool(check(), members: members(0..<3))], at: .seconds(0)).added
    table.apply(old.map { ($0, .failure()) }, at: .seconds(1))
    let (added, removed) = table.update(to: [HealthPool(check(), members: members(1..<4))], at: .seconds(2))
    #expect(added.map { table.target(of: $0)?.subject } == [member(3)])
    #expect(removed.count == 1)
    #expect(table.input(of: removed[0]) == MemberInput())
    for id in old where id != removed[0] { #expect(table.input(of: id).state == .down) }
    #expect(table.health(of: added[0])?.state == .unknown)
  }

  /// Other thresholds are no reason to forget what was found out; another question is.
  @Test func aCheckThatAsksTheSameKeepsStates() {
    var table = HealthTable()
    let old = table.update(to: [HealthPool(check(fall: 3), members: [member(0)])], at: .seconds(0)).added[0]
    table.apply([(old, .failure())], at: .seconds(1))
    let (added, removed) = table.update(
      to: [HealthPool(check(name: "other", interval: .seconds(5), rise: 1), members: [member(0)])],
      at: .seconds(2))
    #expect(removed == [old])
    #expect(table.input(of: added[0]).state == .down)
    table.apply([(added[0], .success)], at: .seconds(3))
    #expect(table.input(of: added[0]).state == .up)
    var another = check()
    another.port = 81
    let last = table.update(to: [HealthPool(another, members: [member(0)])], at: .seconds(4)).added[0]
    #expect(table.health(of: last)?.state == .unknown)
  }

  /// Probes may end after their target was removed, and its place be another's.
  @Test func lateResultsOfRemovedTargetsDoNotCount() {
    var table = HealthTable()
    let old = table.update(to: [HealthPool(check(), members: [member(0)])], at: .seconds(0)).added[0]
    let new = table.update(to: [HealthPool(check(), members: [member(1)])], at: .seconds(1)).added[0]
    table.apply([(old, .failure())], at: .seconds(2))
    #expect(old != new)
    #expect(table.health(of: new)?.state == .unknown)
    #expect(table.health(of: old) == nil)
    #expect(table.takeChanges().isEmpty)
  }

  @Test func responseTimesAreSmoothed() {
    var patient = Patient(check())
    patient.apply(.success, at: 1)
    #expect(patient.input.responseTime == 10)
    var slow = ProbeResult.success
    slow.responseTime = .milliseconds(18)
    patient.apply(slow, at: 2)
    #expect(patient.input.responseTime == 11)
    // A quick failure does not make it faster.
    var failure = ProbeResult.failure()
    failure.responseTime = .milliseconds(1)
    patient.apply(failure, at: 3)
    #expect(patient.input.responseTime == 11)
    // What was before it fell is over.
    #expect(patient.run("--", from: 4) == "ud")
    patient.apply(slow, at: 6)
    patient.apply(slow, at: 7)
    #expect(patient.input.responseTime == 18)
  }

  /// Told when they are more than a tenth different, and at most once a second.
  @Test func measurementsAreToldSparingly() {
    var patient = Patient(check())
    var told: [Int] = []
    for step in 1...100 {
      patient.apply(.report(connections: step * 10), at: Double(step) / 8)
      let change = patient.table.takeChanges().targets.first
      if change?.aspects.contains(.measurement) ?? false { told.append(step) }
    }
    // Towards the end a second's growth is less than a tenth.
    #expect(told == [1, 9, 17, 25, 33, 41, 49, 57, 65, 73, 81, 90, 100])
    for step in 101...200 {
      patient.apply(.report(connections: 1000 + step % 2), at: Double(step) / 8)
      #expect(patient.table.takeChanges().isEmpty)
    }
  }

  /// Most results bring some, and whoever is told of them is woken for nothing.
  @Test func measurementsThatNobodyReadsAreNotTold() {
    var table = HealthTable()
    let pools = [false, true].map { HealthPool(check(), members: [member(1)], readsMeasurements: $0) }
    let id = table.update(to: [pools[0]], at: .seconds(0)).added[0]
    table.apply([(id, .success)], at: .seconds(1))
    _ = table.takeChanges()
    for (step, (wanted, isTold)) in [([0], false), ([0, 1], true), ([1], true), ([0], false)].enumerated() {
      _ = table.update(to: wanted.map { pools[$0] }, at: .seconds(Double(10 * step)))
      table.apply([(id, .report(connections: 10 << step))], at: .seconds(Double(10 * step + 5)))
      #expect(table.takeChanges().targets.map(\.aspects) == (isTold ? [.measurement] : []))
    }
    // Who begins to read them knows what they are now, not what was told last.
    _ = table.update(to: [pools[1]], at: .seconds(50))
    table.apply([(id, .report(connections: 10 << 2))], at: .seconds(55))
    #expect(table.takeChanges().targets.map(\.aspects) == [.measurement])
  }

  @Test func wantedSharesAreToldAtOnceToAndFromNone() {
    var patient = Patient(check(.agent(send: [])))
    let reports: [ProbeResult] = [
      .report(weight: 80), .report(weight: 70), .report(.drain), .report(.ready), .report(weight: 60),
    ]
    let told = reports.enumerated().map { index, report in
      patient.apply(report, at: 1 + Double(index) / 10)
      return patient.table.takeChanges().targets.first?.aspects.contains(.share) ?? false
    }
    #expect(told == [true, false, true, true, false])
    patient.apply(.success, at: 3)
    #expect(patient.table.takeChanges().targets.map(\.aspects) == [.share])
  }

  @Test func eventsAreBounded() {
    var table = HealthTable()
    let ids = table.update(
      to: [HealthPool(check(rise: 1, fall: 1), members: members(0..<100))], at: .seconds(0)
    ).added
    for second in 1...100 {
      table.apply(ids.map { ($0, second % 2 == 0 ? .success : .failure()) }, at: .seconds(Double(second)))
    }
    let changes = table.takeChanges()
    #expect(changes.events.count == 4096)
    #expect(changes.lostEvents == 10_000 - 4096)
    #expect(changes.targets.count == 100)
  }

  /// Any time, in any order, and checks beyond what a policy may say.
  @Test func nothingTraps() {
    var random = SplitMix64.random()
    let times: [Int64] = [.min, .min + 1, -1, 0, 1, 1_000_000_000, .max - 1, .max]
    let durations: [Duration] = [.zero, .seconds(-1), .nanoseconds(1), .seconds(1 << 62)]
    for _ in 0..<300 {
      var definition = check([.heartbeat, .icmp].randomElement(using: &random)!)
      definition.interval = durations.randomElement(using: &random)!
      definition.timeout = durations.randomElement(using: &random)!
      definition.slowStart = durations.randomElement(using: &random)!
      definition.rise = [.min, 0, 1, .max].randomElement(using: &random)!
      definition.fall = [.min, 0, 1, .max].randomElement(using: &random)!
      var table = HealthTable(isolation: [0, 0.7, .nan, 2].randomElement(using: &random)!)
      let pools = [
        HealthPool(definition, members: members(0..<2)), HealthPool(definition, members: members(2..<4)),
      ]
      let ids = table.update(to: pools, at: Moment(nanoseconds: times.randomElement(using: &random)!)).added
      for _ in 0..<30 {
        let moment = Moment(nanoseconds: times.randomElement(using: &random)!)
        let results: [ProbeResult] = [.success, .failure(), .failure(.timeout)]
        var result = results.randomElement(using: &random)!
        result.report.weight = [.min, 0, .max].randomElement(using: &random)!
        result.responseTime = durations.randomElement(using: &random)!
        table.apply([(ids.randomElement(using: &random)!, result)], at: moment)
        table.advance(to: moment)
        _ = table.takeChanges()
        _ = ids.map { table.health(of: $0)?.soonestFlip }
      }
    }
  }
}
