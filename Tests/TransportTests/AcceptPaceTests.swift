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

  private func repeated(_ count: Int, _ passed: Int64, _ accepted: Int) -> [(passed: Int64, accepted: Int)] {
    Array(repeating: (passed, accepted), count: count)
  }

  /// Connections every so many microseconds, each in a turn of its own: of which of a thousand there is a first rest.
  @Test(arguments: [(1, 8), (25, 15), (40, 36), (49, 351), (50, nil), (60, nil), (1000, nil)])
  func restsWhenConnectionsComeFasterThanOneInTheTimeOfARest(passed: Int64, first: Int?) {
    #expect(rests(after: repeated(1000, passed, 1)).firstIndex(of: true) == first)
  }

  /// After a rest the next connections are as late as that: what counts is how many there are.
  @Test func restsForAsLongAsThereAreSeveralInATurn() {
    #expect(rests(after: repeated(10, 60, 64) + repeated(100, 75, 2)).allSatisfy { $0 })
  }

  /// Eight may come at once, again and again.
  @Test func restsForNoBurst() {
    #expect(!rests(after: repeated(100, 400, 8)).contains(true))
    #expect(!rests(after: repeated(8, 0, 1)).contains(true))
    #expect(rests(after: [(1000, 9)]) == [true])
  }

  /// However many there were before.
  @Test func endsSoon() {
    let flood = repeated(1000, 1, 64)
    #expect(rests(after: flood + [(350, 1)]).last == true)
    #expect(rests(after: flood + [(450, 1)]).last == false)
  }
}
