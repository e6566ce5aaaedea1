internal import DNSWire
internal import Steering
internal import Zones

extension Explanation {
  /// As many turns as are shown.
  static let shownTurns = 10

  /// The explanation as text.
  var lines: [String] {
    let settings = pool.policy.settings.filter { !$0.isDefault }.map { "\($0.key)=\($0.value)" }.joined(
      separator: " ")
    var lines = ["\(title): policy \(policyName) \(settings), TTL \(shownTimeToLive)"]
    lines += places
    lines += indented(members)
    for step in choice.steps.indices { lines += [outcome(of: step)] + indented(effects(of: step)) }
    if !overlookedMembers.isEmpty {
      let members = overlookedMembers.map(text).joined(separator: " ")
      lines.append("answered though down, as no stage heeds it: \(members)")
    }
    return lines + answers
  }

  private var shownTimeToLive: String {
    let (least, most) = (timeToLive.lowerBound, timeToLive.upperBound)
    return least == most ? "\(most)" : "\(least)..\(most)"
  }

  private func indented(_ lines: [String]) -> [String] { lines.map { "  " + $0 } }

  /// Where the client is; none: nothing is known, or nobody asks for it.
  private var places: [String] {
    guard let sighting, let network else { return supposed.map { [$0] } ?? [] }
    let fallback = sighting.locations.isEmpty ? pool.policy.defaultLocation : nil
    let order =
      sighting.order.map { ["  locations: \($0)"] } ?? fallback.map {
        ["  counts as being at \($0), by default-at="]
      } ?? []
    return ["client \(network): \(sighting.whereabouts)"] + order + [
      "  alike for \(sighting.leaf(of: network))"
    ]
  }

  private var supposed: String? {
    var parts: [String] = []
    if !client.nearest.isEmpty { parts.append("nearest \(client.nearest.joined(separator: ", "))") }
    if let owner = client.owner { parts.append("its network is of \(owner)") }
    return parts.isEmpty ? nil : "client: \(parts.joined(separator: "; "))"
  }

  private var members: [String] {
    var table = TextTable()
    table.add("member", pool.members.indices.map(text))
    table.add("weight", pool.members.indices.map { "\(weight(of: $0))" }, alignment: .right)
    table.add("tier", pool.members.map { "\($0.tier)" }, alignment: .right)
    if pool.members.contains(where: { $0.location != nil }) {
      table.add("at", pool.members.map { $0.location ?? "-" })
    }
    table.add("state", inputs.map(\.state.rawValue))
    if inputs.contains(where: { $0.weightFactor != 1 }) {
      table.add("factor", inputs.map { "\(($0.weightFactor * 100).shown)%" }, alignment: .right)
    }
    if pool.members.indices.contains(where: { !orders(on: $0).isEmpty }) {
      table.add(
        "order",
        pool.members.indices.map { member in
          let orders = orders(on: member).map(\.order)
          return orders.isEmpty ? "-" : orders.joined(separator: ", ")
        })
    }
    addMeasured("rtt", to: &table) { $0.responseTime.map { "\($0.shown)ms" } }
    addMeasured("connections", to: &table) { $0.connections.map { "\($0)" } }
    addMeasured("load", to: &table) { $0.load.map { "\(($0 * 100).shown)%" } }
    let shares = pool.members.indices.map(share)
    table.add("share", shares.map(\.fraction), alignment: .right)
    table.add("", shares.map(\.percent), alignment: .right)
    return table.lines
  }

  private func addMeasured(_ title: String, to table: inout TextTable, _ value: (MemberInput) -> String?) {
    let cells = inputs.map(value)
    guard cells.contains(where: { $0 != nil }) else { return }
    table.add(title, cells.map { $0 ?? "-" }, alignment: .right)
  }

  private func outcome(of step: Int) -> String {
    let taken = choice.steps[step]
    let tier = taken.keptTier.map { ", tier \($0)" } ?? ""
    let note = note(on: step).map { " (\($0))" } ?? ""
    return "\(taken.stage): leaves \(taken.left)\(tier)\(note)"
  }

  private func effects(of step: Int) -> [String] {
    dropped(by: step).map { "drops \(text(of: $0.member)): \($0.reason)" }
      + weighed(by: step).map { "weighs \(text(of: $0.member)) by \($0.factor.shown)" }
  }

  private var answers: [String] {
    let turns = choice.schedule.turns.count
    guard turns > 0 else { return ["answer: NODATA"] }
    let indifferent = network == nil || pool.policy.asksForClient ? "" : ", whoever asks"
    switch choice.schedule.order {
    case .cycle where turns == 1:
      return ["answer\(indifferent):"] + indented([answer(at: 0).joined(separator: " ")])
    case .cycle:
      let shown = (0..<min(turns, Self.shownTurns)).map { answer(at: $0).joined(separator: " ") }
      return ["answers, turn by turn, again after \(turns)\(indifferent):"] + indented(shown)
    case .random where turns == 1:
      return ["answer\(indifferent):"] + indented([answer(at: 0).joined(separator: " ")])
    case .random:
      return ["answers: one of \(turns) turns at random\(indifferent)"]
    case .hash(.name):
      return ["answers: one of \(turns) turns by the hash of the name\(indifferent)"] + sticky("\(name)")
    case .hash(.client):
      return ["answers: one of \(turns) turns by the hash of the client's network"]
        + sticky(network.map { "\($0)" } ?? "")
    }
  }

  private func sticky(_ who: String) -> [String] {
    guard let stickyAnswer else { return [] }
    return indented(["\(who): \(stickyAnswer.joined(separator: " "))"])
  }
}
