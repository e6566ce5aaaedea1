import Health
import Steering
import TestSupport
import Testing

/// Which results change the state.
struct ThresholdTests {
  @Test(arguments: [
    // From unknown one result decides.
    (2, 3, "+", "u"), (2, 3, "-", "d"), (2, 3, "~", "d"),
    // Three failures in a row, and two successes.
    (2, 3, "+---", "uuud"), (2, 3, "+--+--+---", "uuuuuuuuud"), (2, 3, "-+-++", "ddddu"),
    (2, 3, "+~-~", "uuud"), (2, 3, "+~~~++", "uuuddu"),
    (1, 1, "+-+-", "udud"), (3, 1, "+-++-+++", "uddddddu"), (1, 4, "+---+----", "uuuuuuuud"),
  ])
  func resultsInARow(rise: Int, fall: Int, results: String, states: String) {
    var patient = Patient(check(rise: rise, fall: fall))
    #expect(patient.run(results) == states)
  }

  @Test func nothingKnown() {
    let patient = Patient(check())
    #expect(patient.health.state == .unknown)
    #expect(patient.input == MemberInput())
  }

  @Test func startDownIsDownUntilTheFirstResult() {
    var definition = check()
    definition.startsUp = false
    var patient = Patient(definition)
    #expect(patient.health.state == .unknown)
    #expect(patient.input.state == .down)
    patient.apply(.success, at: 1)
    #expect(patient.input.state == .up)
  }

  @Test func alwaysIsUpAtOnceAndWaitsForNothing() {
    let patient = Patient(check(.always))
    #expect(patient.health.state == .up)
    #expect(patient.health.soonestFlip == nil)
    #expect(patient.table.nextDeadline == nil)
  }

  /// What the prober could not do is not the member's fault.
  @Test func localFailuresDoNotCount() {
    var patient = Patient(check())
    _ = patient.run("+--")
    for second in 4..<20 { patient.apply(.failure(.local), at: Double(second)) }
    #expect(patient.health.state == .up)
    #expect(patient.health.reason?.kind == .local)
    #expect(patient.run("-", from: 21) == "d")
  }

  @Test func flipsAreTold() {
    var patient = Patient(check())
    _ = patient.run("+--")
    _ = patient.table.takeChanges()
    #expect(patient.run("-", from: 4) == "d")
    let changes = patient.table.takeChanges()
    #expect(changes.targets.map(\.aspects) == [[.state, .horizon]])
    let flip = Flip(
      Target(check(), of: member(1)), from: .up, to: .down, reason: Reason(.code, "code"),
      at: .seconds(4), detection: .seconds(3))
    #expect(changes.events == [.flip(flip)])
    #expect(patient.table.takeChanges().isEmpty)
  }

  /// The model: the state changes exactly when the last `rise` or `fall` results say so.
  @Test func randomResults() {
    var random = SplitMix64.random()
    let seed = random.seed
    for _ in 0..<200 {
      let rise = Int.random(in: 1...5, using: &random)
      let fall = Int.random(in: 1...5, using: &random)
      var patient = Patient(check(rise: rise, fall: fall))
      var results: [Bool] = []
      var expected = MemberInput.State.unknown
      let likelihood = Double.random(in: 0...1, using: &random)
      for second in 1...100 {
        results.append(Double.random(in: 0...1, using: &random) < likelihood)
        patient.apply(results.last! ? .success : .failure(), at: Double(second))
        let hasFallen = results.count >= fall && !results.suffix(fall).contains(true)
        let hasRisen = results.count >= rise && !results.suffix(rise).contains(false)
        if hasFallen || results == [false] { expected = .down }
        if hasRisen || results == [true] { expected = .up }
        #expect(patient.health.state == expected, "seed \(seed)")
      }
    }
  }
}
