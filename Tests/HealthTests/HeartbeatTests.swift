import Health
import Steering
import Testing

/// Members that report themselves, every ten seconds; three missed are a fall.
struct HeartbeatTests {
  private static var heartbeat: CheckDefinition { check(.heartbeat, interval: .seconds(10)) }

  /// Advances as a server would, never past a deadline.
  private static func wait(_ patient: inout Patient, until seconds: Double) {
    while let next = patient.table.nextDeadline, next <= .seconds(seconds) { patient.table.advance(to: next) }
  }

  @Test func aReportHoldsForItsLease() {
    var patient = Patient(Self.heartbeat)
    patient.apply(.success, at: 3)
    #expect(patient.health.state == .up)
    Self.wait(&patient, until: 32.999)
    #expect(patient.health.state == .up)
    Self.wait(&patient, until: 33)
    #expect(patient.health.state == .down)
    #expect(patient.health.reason?.kind == .lease)
    let flips = patient.table.takeChanges().events
    #expect(flips.count == 2)
    if case .flip(let flip) = flips.last { #expect(flip.detection == .seconds(30)) }
    #expect(patient.table.nextDeadline == nil)
  }

  @Test func theTTLCountsDownWithMissedReports() {
    var patient = Patient(Self.heartbeat)
    patient.apply(.success, at: 0)
    #expect(patient.health.soonestFlip == .seconds(30))
    Self.wait(&patient, until: 10)
    #expect(patient.health.soonestFlip == .seconds(20))
    Self.wait(&patient, until: 20)
    #expect(patient.health.soonestFlip == .seconds(10))
    patient.apply(.success, at: 21)
    #expect(patient.health.soonestFlip == .seconds(30))
  }

  @Test func silenceFromTheBeginningIsDownAfterALease() {
    var patient = Patient(Self.heartbeat)
    Self.wait(&patient, until: 29.9)
    #expect(patient.health.state == .unknown)
    Self.wait(&patient, until: 30)
    #expect(patient.health.state == .down)
  }

  @Test func itsOwnWordCountsAtOnce() {
    var patient = Patient(Self.heartbeat)
    patient.apply(.success, at: 1)
    patient.apply(.failure(.reported), at: 2)
    #expect(patient.health.state == .down)
  }

  @Test func afterAFallRiseReportsInARowAreNeeded() {
    var patient = Patient(Self.heartbeat)
    patient.apply(.success, at: 1)
    Self.wait(&patient, until: 100)
    patient.apply(.success, at: 100)
    #expect(patient.health.state == .down)
    // Too late for being in a row.
    patient.apply(.success, at: 131)
    #expect(patient.health.state == .down)
    patient.apply(.success, at: 145)
    #expect(patient.health.state == .up)
  }

  /// The whole server was stopped for long.
  @Test func aLongSleepIsOneStep() {
    var patient = Patient(Self.heartbeat)
    patient.apply(.success, at: 1)
    patient.table.advance(to: .seconds(1e9))
    #expect(patient.health.state == .down)
  }

  /// Silence of all looks like a cut network, too.
  @Test func silenceOfAllIsDoubted() {
    var table = HealthTable()
    let pools = [
      HealthPool(Self.heartbeat, members: members(0..<3)),
      HealthPool(Self.heartbeat, members: members(3..<6)),
    ]
    let ids = table.update(to: pools, at: .seconds(0)).added
    for (index, id) in ids.enumerated() { table.apply([(id, .success)], at: .seconds(1 + Double(index))) }
    while let next = table.nextDeadline, next <= .seconds(200) { table.advance(to: next) }
    #expect(table.isolatedSince == .seconds(31))
    #expect(ids.allSatisfy { table.input(of: $0).state == .up })
    for id in ids { table.apply([(id, .success)], at: .seconds(300)) }
    table.apply([(ids[0], .success)], at: .seconds(301))
    #expect(table.isolatedSince == nil)
  }
}
