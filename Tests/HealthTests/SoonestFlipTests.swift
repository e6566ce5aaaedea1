import Health
import Steering
import Testing

/// What the answer's TTL follows: the interval times the results still missing.
struct SoonestFlipTests {
  @Test(arguments: [
    ("", 1), ("+", 3), ("++++", 3), ("+-", 2), ("+--", 1), ("+--+", 3), ("+---", 2), ("+----", 2),
    ("+---+", 1),
    ("+---++", 3), ("-", 2), ("-+", 1), ("-+-", 2),
  ])
  func missingResults(results: String, missing: Int) {
    var patient = Patient(check(interval: .milliseconds(500)))
    _ = patient.run(results)
    #expect(patient.health.missingResults == missing)
    #expect(patient.health.soonestFlip == .milliseconds(500) * missing)
  }

  /// No state changes sooner than was promised before it.
  @Test func aFlipTakesAsManyResults() {
    for results in ["+---", "+--+---", "-++", "-+-++---", "+---++"] {
      var patient = Patient(check())
      for (index, result) in results.enumerated() {
        let before = patient.health
        _ = patient.run(String(result), from: Double(index + 1))
        if patient.health.state != before.state { #expect(before.missingResults == 1) }
      }
    }
  }

  @Test func whatChangesItIsTold() {
    var patient = Patient(check())
    _ = patient.run("+")
    _ = patient.table.takeChanges()
    let told = "++--+".map { result in
      _ = patient.run(String(result), from: 2)
      return patient.table.takeChanges().targets.map(\.aspects)
    }
    #expect(told == [[], [], [.horizon], [.horizon], [.horizon]])
  }

  /// Maintenance ends with any result.
  @Test func maintenance() {
    var patient = Patient(check(.agent(send: [])))
    patient.apply(.report(.maint), at: 1)
    #expect(patient.health.soonestFlip == .seconds(1))
  }
}
