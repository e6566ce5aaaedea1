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
  /// By member, of the queries that came: where answers depend on where clients are, of each client's own schedule.
  private(set) var expected: [Share]

  /// - Parameters:
  ///   - zone: that the pool is in; nil: all clients are answered as the explanation says.
  ///   - clients: networks, each equally likely, that queries come from; at least one.
  ///   - seed: what all chance follows from.
  init(
    of explanation: Explanation, in zone: SteeredZone? = nil, queries: Int, clients: [ClientNetwork],
    seed: UInt64
  ) {
    self.explanation = explanation
    self.queries = queries
    counts = Array(repeating: 0, count: explanation.pool.members.count)
    expected = counts.indices.map(explanation.share)
    let schedule = explanation.choice.schedule
    var random = QueryRandomness(seed: seed)
    if let zone, explanation.pool.clients.groups.count > 1 {
      ask(zone, clients, &random)
      return
    }
    guard !schedule.turns.isEmpty else {
      empty = queries
      return
    }
    let firsts = schedule.turns.map { schedule.answers[Int($0)][0] }
    switch schedule.order {
    case .cycle:
      for (turn, member) in firsts.enumerated() {
        counts[member] += queries / firsts.count + (turn < queries % firsts.count ? 1 : 0)
      }
    case .random:
      for _ in 0..<queries { counts[firsts[Int.random(in: firsts.indices, using: &random)]] += 1 }
    case .hash(.client):
      for _ in 0..<queries {
        let network = clients[Int.random(in: clients.indices, using: &random)]
        counts[firsts[StickyTurn.of(network.address(from: &random), among: firsts.count)]] += 1
      }
    case .hash(.name):
      var turn = StickyTurn()
      guard let parent = explanation.name.parent, explanation.name.isWildcard else {
        counts[firsts[turn.of(explanation.name, among: firsts.count)]] = queries
        return
      }
      for _ in 0..<queries {
        counts[firsts[turn.of(Self.name(below: parent, &random), among: firsts.count)]] += 1
      }
    }
  }

  /// Asks from clients in different places, each of whom the pool answers by the schedule for its place.
  private mutating func ask(
    _ zone: SteeredZone, _ clients: [ClientNetwork], _ random: inout QueryRandomness
  ) {
    let pool = explanation.pool
    var dealers = pool.clients.groups.map {
      TurnDealer(pool.chooser.choose(explanation.inputs, client: $0).schedule)
    }
    for _ in 0..<queries {
      let address = clients[Int.random(in: clients.indices, using: &random)].address(from: &random)
      let group = zone.group(of: address.untranslated, in: pool)
      let name =
        explanation.name.isWildcard
        ? explanation.name.parent.map { Self.name(below: $0, &random) } : explanation.name
      if let member = dealers[group].next(name ?? explanation.name, address, &random) {
        counts[member] += 1
      } else {
        empty += 1
      }
    }
    let parts = counts.indices.map { member in dealers.reduce(0) { $0 + $1.expectation(of: member) } }
    // Rounded so that they sum up to all.
    var sum = 0.0
    expected = parts.map { part in
      defer { sum += part }
      return Share(part: Int((sum + part).rounded()) - Int(sum.rounded()), whole: queries)
    }
  }

  /// A name that a wildcard stands for.
  private static func name(below parent: DomainName, _ random: inout QueryRandomness) -> DomainName {
    let number = random.next()
    let letters = (0..<8).map { UInt8(ascii: "a") + UInt8(truncatingIfNeeded: number >> ($0 * 8)) % 26 }
    return parent.prepending(letters) ?? parent
  }

  /// Whether all queries are for a name that sticks to one member, though the policy is for many names.
  private var isOfOneName: Bool {
    explanation.choice.schedule.order == .hash(.name) && explanation.pool.policy.owner.isWildcard
      && !explanation.name.isWildcard
  }

  /// The counts as a table.
  func lines(hasBars: Bool) -> [String] {
    var lines = ["\(explanation.title): steer=\(explanation.pool.policy.chain), \(queries) queries"]
    if isOfOneName {
      lines.append(
        "one name sticks to one member; ask for \(explanation.pool.policy.owner) to have many names")
    }
    let got = counts.map { Share(part: $0, whole: queries) }
    let none = empty > 0 ? [Share(part: empty, whole: queries)] : []
    let gap = none.map { _ in "" }
    var table = TextTable()
    table.add("member", counts.indices.map(explanation.text) + none.map { _ in "NODATA" })
    table.add("expected", expected.map(\.fraction) + gap, alignment: .right)
    table.add("", expected.map(\.percent) + gap, alignment: .right)
    table.add("got", (got + none).map { "\($0.part)" }, alignment: .right)
    table.add("", (got + none).map(\.percent), alignment: .right)
    if hasBars { table.add("", (got + none).map { $0.bar(width: 40) }) }
    return lines + table.lines.map { "  " + $0 }
  }

  var json: JSON {
    .object([
      ("name", .string("\(explanation.name)")), ("type", .string(explanation.pool.site.type.mnemonic)),
      ("policy", .string(explanation.policyName)), ("queries", .number(queries)),
      (
        "members",
        .array(
          counts.enumerated().map { member, count in
            .object([
              ("member", .string(explanation.text(of: member))),
              ("expected", expected[member].json),
              ("got", Share(part: count, whole: queries).json),
            ])
          })
      ),
      ("nodata", .number(empty)),
    ])
  }
}
