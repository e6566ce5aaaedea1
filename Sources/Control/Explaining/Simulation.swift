internal import DNSWire
internal import Steering
internal import Zones

/// How often each member of a pool came first in the answers to many queries.
struct Simulation {
  let explanation: Explanation
  let queries: Int
  /// By member.
  private(set) var counts: [Int]
  /// Answers without a member.
  private(set) var empty = 0

  /// - Parameters:
  ///   - clients: networks, each equally likely, of which sticky queries come; at least one.
  ///   - seed: what all chance follows from.
  init(
    of explanation: Explanation, for subject: PoolSubject, queries: Int, clients: [ClientNetwork],
    seed: UInt64
  ) {
    self.explanation = explanation
    self.queries = queries
    counts = Array(repeating: 0, count: explanation.pool.members.count)
    let schedule = explanation.choice.schedule
    guard !schedule.turns.isEmpty else {
      empty = queries
      return
    }
    var random = QueryRandomness(seed: seed)
    let firsts = schedule.turns.map { schedule.answers[Int($0)][0] }
    switch schedule.order {
    case .cycle:
      for query in 0..<queries { counts[firsts[query % firsts.count]] += 1 }
    case .random:
      for _ in 0..<queries { counts[firsts[Int.random(in: firsts.indices, using: &random)]] += 1 }
    case .hash:
      var picks = StickyPicks(explanation, for: subject)
      for _ in 0..<queries {
        let network = clients[Int.random(in: clients.indices, using: &random)]
        if let member = picks.first(for: network.address(from: &random)) {
          counts[member] += 1
        } else {
          empty += 1
        }
      }
    }
  }

  /// The counts as a table.
  func lines(hasBars: Bool) -> [String] {
    var table = TextTable([.left, .right, .right, .right, .right, .left])
    table.add(["member", "expected", "", "got", "", ""])
    for (member, count) in counts.enumerated() {
      let expected = explanation.share(of: member)
      table.add(row(explanation.text(of: member), expected.fraction, expected.percent, count, hasBars))
    }
    if empty > 0 { table.add(row("NODATA", "", "", empty, hasBars)) }
    return ["\(explanation.title): steer=\(explanation.chain), \(queries) queries"]
      + table.lines.map { "  " + $0 }
  }

  private func row(
    _ name: String, _ fraction: String, _ percent: String, _ count: Int, _ hasBars: Bool
  ) -> [String] {
    let got = Share(part: count, whole: queries)
    return [name, fraction, percent, "\(count)", got.percent, hasBars ? got.bar(width: 40) : ""]
  }

  var json: JSON {
    .object([
      ("name", .string("\(explanation.name)")), ("type", .string(explanation.pool.site.type.mnemonic)),
      ("steer", .string(explanation.chain)), ("queries", .number(queries)),
      (
        "members",
        .array(
          counts.enumerated().map { member, count in
            .object([
              ("member", .string(explanation.text(of: member))),
              ("expected", explanation.share(of: member).json),
              ("got", Share(part: count, whole: queries).json),
            ])
          })
      ),
      ("nodata", .number(empty)),
    ])
  }
}
