import Health
import Steering
import Testing

/// What members say of themselves.
struct AgentTests {
  @Test func percentagesHoldUntilOthersAreSaid() {
    var patient = Patient(check(.agent(send: [])))
    patient.apply(.report(weight: 50), at: 1)
    #expect(patient.input.weightFactor == 0.5)
    patient.apply(.success, at: 2)
    #expect(patient.input.weightFactor == 0.5)
    patient.apply(.report(weight: 200), at: 3)
    #expect(patient.input.weightFactor == 2)
  }

  @Test func drainKeepsItUpWithoutAShare() {
    var patient = Patient(check(.agent(send: [])))
    patient.apply(.report(weight: 50), at: 1)
    patient.apply(.report(.drain), at: 2)
    #expect(patient.input.state == .up)
    #expect(patient.input.weightFactor == 0)
    patient.apply(.success, at: 3)
    #expect(patient.input.weightFactor == 0)
    patient.apply(.report(.ready), at: 4)
    #expect(patient.input.weightFactor == 0.5)
  }

  @Test func maintenanceIsDownAtOnceUntilReady() {
    var patient = Patient(check(.agent(send: [])))
    patient.apply(.success, at: 1)
    _ = patient.table.takeChanges()
    patient.apply(.report(.maint), at: 2)
    #expect(patient.input.state == .down)
    #expect(patient.table.takeChanges().events.count == 1)
    for second in 3..<10 { patient.apply(.success, at: Double(second)) }
    #expect(patient.input.state == .down)
    #expect(patient.table.takeChanges().events.isEmpty)
    patient.apply(.report(.ready), at: 10)
    #expect(patient.input.state == .up)
    #expect(patient.table.takeChanges().events.count == 1)
  }

  /// Down for two reasons, of which one goes.
  @Test func readyDoesNotBringUpWhatFails() {
    var patient = Patient(check(.agent(send: []), fall: 1))
    patient.apply(.success, at: 1)
    patient.apply(.report(.maint), at: 2)
    patient.apply(.failure(.reported), at: 3)
    patient.apply(.report(.ready), at: 4)
    #expect(patient.input.state == .down)
    patient.apply(.success, at: 5)
    #expect(patient.input.state == .up)
  }

  /// As a probe's result, the member's own word is subject to thresholds.
  @Test func downIsAResult() {
    var patient = Patient(check(.agent(send: []), fall: 2))
    patient.apply(.success, at: 1)
    patient.apply(.failure(.reported), at: 2)
    #expect(patient.input.state == .up)
    patient.apply(.failure(.reported), at: 3)
    #expect(patient.input.state == .down)
  }

  @Test func loadIsThatOfTheLastSuccess() {
    var patient = Patient(check())
    patient.apply(.report(connections: 7, load: 0.5), at: 1)
    patient.apply(.failure(), at: 2)
    #expect(patient.input.connections == 7)
    #expect(patient.input.load == 0.5)
    patient.apply(.success, at: 3)
    #expect(patient.input.connections == nil)
    #expect(patient.input.load == nil)
  }
}
