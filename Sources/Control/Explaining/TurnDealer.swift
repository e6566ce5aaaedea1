internal import DNSWire
internal import Steering

/// Deals the turns of a schedule out to queries, as a worker does.
struct TurnDealer {
  /// The member that comes first at each turn; none: NODATA.
  private let firsts: [Int]
  private let order: Schedule.Order
  private var turn = 0
  /// Queries that came.
  private var queries = 0

  init(_ schedule: Schedule) {
    firsts = schedule.turns.map { schedule.answers[Int($0)][0] }
    order = schedule.order
  }

  /// The member that comes first in the answer to the next query; nil: NODATA.
  mutating func next(_ name: DomainName, _ client: IPAddress, _ random: inout QueryRandomness) -> Int? {
    guard !firsts.isEmpty else { return nil }
    queries += 1
    switch order {
    case .cycle:
      defer { turn = turn + 1 < firsts.count ? turn + 1 : 0 }
      return firsts[turn]
    case .random: return firsts[Int.random(in: firsts.indices, using: &random)]
    case .hash(.client): return firsts[StickyTurn.of(client, among: firsts.count)]
    case .hash(.name):
      var turn = StickyTurn()
      return firsts[turn.of(name, among: firsts.count)]
    }
  }

  /// How often a member should have come first.
  func expectation(of member: Int) -> Double {
    guard !firsts.isEmpty else { return 0 }
    return Double(queries) * Double(firsts.count { $0 == member }) / Double(firsts.count)
  }
}
