import Testing

@testable import Transport

@Suite struct AcceptPaceTests {
  /// Whether to rest after each of several turns, given by the microseconds since the one before and the connections
  /// that were accepted.
  private func rests(after turns: [(passed: Int64, accepted: Int)]) -> [Bool] {
    var now: Int64 = 7_000_000_000
    var pace = AcceptPace(now: now)
    return turns.map { turn in
      now += turn.passed * 1000
      return pace.callsForRest(accepted: turn.accepted, at: now)
    }
  }

  @Test(arguments: [
    (49, 1, true), (50, 1, false), (1_000_000, 1, false),
    (99, 2, true), (100, 2, false),
    (3199, 64, true), (3200, 64, false),
  ])
  func restsWhenMoreThanOneComesInTheTimeOfARest(passed: Int64, accepted: Int, isRest: Bool) {
    #expect(rests(after: [(passed, accepted)]) == [isRest])
  }

  /// After a rest the next connections are as late as that: what counts is how many there are.
  @Test func restsForAsLongAsConnectionsComeFast() {
    let turns = [(passed: Int64(1000), accepted: 1), (30, 1), (100, 3), (100, 3), (100, 1), (60, 1), (40, 1)]
    #expect(rests(after: turns) == [false, true, true, true, false, false, true])
  }
}
