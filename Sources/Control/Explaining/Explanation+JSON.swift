internal import DNSWire
internal import Steering
internal import Zones

extension Explanation {
  /// The explanation as JSON.
  var json: JSON {
    let turns = choice.schedule.turns.count
    let shown = choice.schedule.order == .cycle ? min(turns, Self.shownTurns) : 0
    return .object([
      ("name", .string("\(name)")), ("type", .string(pool.site.type.mnemonic)),
      ("policy", .string(policyName)),
      (
        "settings", .object(pool.policy.settings.filter { !$0.isDefault }.map { ($0.key, .string($0.value)) })
      ),
      ("ttl", .number(Int(timeToLive.upperBound))),
      ("ttl-least", .number(Int(timeToLive.lowerBound))), ("client", clientJSON),
      ("members", .array(pool.members.indices.map(memberJSON))),
      ("stages", .array(choice.steps.indices.map(stepJSON))),
      ("order", .string(order)), ("turns", .number(turns)),
      ("next", .array((0..<shown).map { Self.strings(answer(at: $0)) })),
      ("sticky", stickyAnswer.map(Self.strings) ?? .null),
    ])
  }

  private var clientJSON: JSON {
    .object(
      [
        ("network", network.map { .string("\($0)") } ?? .null), ("nearest", Self.strings(client.nearest)),
        ("owner", client.owner.map { .string($0) } ?? .null),
      ] + (sighting.map { [("seen", $0.json)] } ?? []))
  }

  private func memberJSON(_ index: Int) -> JSON {
    let member = pool.members[index]
    let input = inputs[index]
    return .object([
      ("member", .string(text(of: index))), ("weight", .number(Int(weight(of: index)))),
      ("tier", .number(member.tier)), ("at", member.location.map { .string($0) } ?? .null),
      ("state", .string(input.state.rawValue)), ("factor", .real(input.weightFactor)),
      ("rtt", input.responseTime.map { .real($0) } ?? .null),
      ("connections", input.connections.map { .number($0) } ?? .null),
      ("load", input.load.map { .real($0) } ?? .null), ("orders", .array(orders(on: index).map(\.json))),
      ("share", share(of: index).json),
    ])
  }

  private func stepJSON(_ step: Int) -> JSON {
    let taken = choice.steps[step]
    return .object([
      ("stage", .string("\(taken.stage)")), ("left", .number(taken.left)),
      ("tier", taken.keptTier.map { .number($0) } ?? .null),
      ("note", note(on: step).map { .string($0) } ?? .null),
      (
        "dropped",
        .array(
          dropped(by: step).map { member, reason in
            .object([("member", .string(text(of: member))), ("reason", .string(reason))])
          })
      ),
      (
        "weighed",
        .array(
          weighed(by: step).map { member, factor in
            .object([("member", .string(text(of: member))), ("factor", .real(factor))])
          })
      ),
    ])
  }

  /// How the turn is picked.
  private var order: String {
    switch choice.schedule.order {
    case .cycle: "cycle"
    case .random: "random"
    case .hash(let key): "hash:\(key.rawValue)"
    }
  }

  private static func strings(_ texts: [String]) -> JSON { .array(texts.map { .string($0) }) }
}
