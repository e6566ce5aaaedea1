internal import DNSWire
internal import Steering
internal import Zones

extension Explanation {
  /// As many turns as are shown.
  private static let shownTurns = 10

  /// The explanation as text.
  ///
  /// - Parameter sticky: what is answered to the client asked about, where the order is a sticky one.
  func lines(sticky: StickyAnswer?) -> [String] {
    var lines = [
      "\(title): policy _lb.\(pool.policy.owner), steer=\(chain), fail=\(pool.policy.fail.rawValue), TTL \(timeToLive)"
    ]
    lines += indented(members)
    lines += choice.steps.indices.flatMap { step in
      ["\(choice.steps[step].stage): \(outcome(of: step))"] + indented(effects(of: step))
    }
    return lines + answers(sticky)
  }

  private func indented(_ lines: [String]) -> [String] { lines.map { "  " + $0 } }

  private var members: [String] {
    var table = TextTable([.left, .right, .right, .left, .left, .right, .right])
    table.add(["member", "weight", "tier", "at", "state", "share", ""])
    for (index, member) in pool.members.enumerated() {
      let share = share(of: index)
      table.add([
        text(of: index), "\(member.weight)", "\(member.tier)", member.location ?? "-",
        inputs[index].state.rawValue, share.fraction, share.percent,
      ])
    }
    return table.lines
  }

  private func answers(_ sticky: StickyAnswer?) -> [String] {
    let turns = choice.schedule.turns.count
    guard turns > 0 else { return ["answer: NODATA"] }
    switch choice.schedule.order {
    case .cycle:
      let shown = (0..<min(turns, Self.shownTurns)).map { answer(at: $0).joined(separator: " ") }
      return ["answers, turn by turn, again after \(turns):"] + indented(shown)
    case .random:
      return ["answers: one of \(turns) turns at random"]
    case .hash(let key):
      let by = key == .client ? "client's network" : "query's name"
      let line = "answers: one of \(turns) turns by the hash of the \(by)"
      return [line] + indented(sticky.map { [$0.sentence(in: self)] } ?? [])
    }
  }

  /// The explanation as JSON.
  func json(sticky: StickyAnswer?) -> JSON {
    let turns = choice.schedule.turns.count
    let shown = choice.schedule.order == .cycle ? min(turns, Self.shownTurns) : 0
    return .object([
      ("name", .string("\(name)")), ("type", .string(pool.site.type.mnemonic)),
      ("policy", .string("_lb.\(pool.policy.owner)")), ("steer", .string(chain)),
      ("fail", .string(pool.policy.fail.rawValue)), ("ttl", .number(Int(timeToLive))),
      ("members", .array(pool.members.indices.map(memberJSON))),
      ("stages", .array(choice.steps.indices.map(stepJSON))),
      ("turns", .number(turns)),
      ("next", .array((0..<shown).map { .array(answer(at: $0).map { .string($0) }) })),
      ("sticky", sticky?.json(in: self) ?? .null),
    ])
  }

  private func memberJSON(_ index: Int) -> JSON {
    let member = pool.members[index]
    return .object([
      ("member", .string(text(of: index))), ("weight", .number(Int(member.weight))),
      ("tier", .number(member.tier)), ("at", member.location.map { .string($0) } ?? .null),
      ("state", .string(inputs[index].state.rawValue)), ("share", share(of: index).json),
    ])
  }

  private func stepJSON(_ step: Int) -> JSON {
    .object([
      ("stage", .string("\(choice.steps[step].stage)")), ("left", .number(choice.steps[step].left)),
      ("outcome", .string(outcome(of: step))), ("effects", .array(effects(of: step).map { .string($0) })),
    ])
  }
}
