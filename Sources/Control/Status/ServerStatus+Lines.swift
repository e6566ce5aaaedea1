internal import Steering

extension ServerStatus {
  /// The status as text.
  var lines: [String] {
    var lines = [
      "swiftlet \(version), process \(process), up \(Age.text(uptime)): \(zones.counted("zone")), "
        + "\(records.counted("record"))" + (isLoading ? ", loading" : "")
    ]
    if !brokenZones.isEmpty { lines.append("broken, answered with SERVFAIL: \(brokenZones.listed)") }
    if let isolatedSince {
      lines.append(
        "cut off for \(Age.text(time - isolatedSince)): too many members fail at once, so states are held")
    }
    for pool in pools { lines += [""] + pool.lines(at: time) }
    return lines
  }
}

extension PoolStatus {
  /// - Parameter time: in seconds since 1970.
  func lines(at time: Int) -> [String] {
    let check = check.map { "check \($0)" } ?? "no check"
    let note = fallback.map { "; no member is left, and fail=\($0) decides" } ?? ""
    return ["\(name) \(type): \(check), TTL \(timeToLive)\(note)"] + table(at: time).map { "  \($0)" }
  }

  private func table(at time: Int) -> [String] {
    let answers = answers
    var table = TextTable()
    table.add("member", members.map(\.member))
    table.add("state", members.map(\.shownState))
    addIfAny("since", to: &table) { $0.since.map { Age.text(time - $0) } }
    table.add("weight", members.map(\.shownWeight), alignment: .right)
    table.add("share", members.map { Self.percent($0.expectedShare) }, alignment: .right)
    table.add(
      "got", members.map { answers > 0 ? Self.percent(Double($0.answers) / Double(answers)) : "-" },
      alignment: .right)
    table.add("answers", members.map { "\($0.answers)" }, alignment: .right)
    addIfAny("rtt", to: &table) { $0.responseTime.map { "\($0.shown)ms" } }
    addIfAny("connections", to: &table) { $0.connections.map { "\($0)" } }
    addIfAny("load", to: &table) { $0.load.map { "\(($0 * 100).shown)%" } }
    addIfAny("certificate", to: &table) { $0.certificateExpiry.map { Age.untilText($0 - time) } }
    addIfAny("reason", to: &table, alignment: .left) { $0.shownReason(at: time) }
    return table.lines
  }

  private func addIfAny(
    _ title: String, to table: inout TextTable, alignment: TextTable.Alignment = .right,
    _ value: (MemberStatus) -> String?
  ) {
    let cells = members.map(value)
    guard cells.contains(where: { $0 != nil }) else { return }
    table.add(title, cells.map { $0 ?? "-" }, alignment: alignment)
  }

  static func percent(_ share: Double) -> String {
    Share(part: Int((share * 1_000_000).rounded()), whole: 1_000_000).percent
  }
}

extension MemberStatus {
  /// What an operator wants, and behind it what checks say.
  fileprivate var shownState: String {
    let order = orders.first { $0.verb != "weight" }?.verb
    return order.map { "\($0) (\(state.rawValue))" } ?? state.rawValue
  }

  fileprivate var shownWeight: String {
    weight == Double(policyWeight) ? "\(policyWeight)" : "\(weight.shown) of \(policyWeight)"
  }

  fileprivate func shownReason(at time: Int) -> String? {
    let parts = orders.map { $0.text(at: time) } + (reason.map { [$0] } ?? [])
    return parts.isEmpty ? nil : LogLine.escaped(parts.joined(separator: "; "))
  }
}

extension OrderStatus {
  /// - Parameter time: in seconds since 1970.
  fileprivate func text(at time: Int) -> String {
    var text = order
    if !author.isEmpty { text += " by \(author)" }
    if let until { text += until > time ? ", \(Age.text(until - time)) left" : ", ended" }
    return reason.isEmpty ? text : "\(text): \(reason)"
  }
}
