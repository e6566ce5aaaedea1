internal import Health
internal import Steering

extension Observation {
  /// Members with metrics of their own; those of the zones that come last have none.
  static let memberLimit = 10_000

  private typealias Labels = MetricsText.Labels

  /// A member with what tells it apart.
  private struct Row {
    let labels: Labels
    let member: MemberStatus
    let total: Int
  }

  func writePools(to text: inout MetricsText) {
    var pools: [(labels: Labels, pool: PoolStatus)] = []
    var rows: [Row] = []
    var omitted = 0
    for pool in view.statuses {
      guard rows.count + pool.members.count <= Self.memberLimit else {
        omitted += pool.members.count
        continue
      }
      let labels: Labels = ["zone": pool.zone, "pool": pool.name, "type": pool.type]
      pools.append((labels, pool))
      let total = pool.answers
      for member in pool.members {
        rows.append(Row(labels: labels.with("member", member.member), member: member, total: total))
      }
    }
    text.begin(
      "swiftlet_members_omitted", .gauge, "Members that have no metrics here, as there are too many.")
    text.add(omitted)
    guard !pools.isEmpty else { return }
    text.begin("swiftlet_pool_ttl_seconds", .gauge, "The TTL of a pool's answers.")
    for (labels, pool) in pools { text.add(labels, pool.timeToLive) }
    text.begin(
      "swiftlet_pool_fallback", .gauge, "Whether stages leave no member, so that fail= decides: 0 or 1.")
    for (labels, pool) in pools { text.add(labels, pool.fallback == nil ? 0 : 1) }
    write(rows, to: &text)
  }

  private func write(_ rows: [Row], to text: inout MetricsText) {
    text.begin("swiftlet_member_answers_total", .counter, "Answers in which a member came first.")
    for row in rows { text.add(row.labels, row.member.answers) }
    text.begin("swiftlet_member_expected_share_ratio", .gauge, "How often a member is to come first, 0 to 1.")
    for row in rows { text.add(row.labels, row.member.expectedShare) }
    write(
      "swiftlet_member_share_ratio", "How often it did, of the answers since its zone was loaded.", rows,
      &text
    ) {
      $0.total > 0 ? Double($0.member.answers) / Double($0.total) : nil
    }
    text.begin(
      "swiftlet_member_state", .gauge, "What checks say: 1 for the state that a member is in, else 0.")
    for row in rows {
      for state in ["up", "down", "unknown"] {
        text.add(row.labels.with("state", state), row.member.state.rawValue == state ? 1 : 0)
      }
    }
    write("swiftlet_member_state_timestamp_seconds", "Since when a member is in its state.", rows, &text) {
      $0.member.since.map(Double.init)
    }
    write("swiftlet_member_response_seconds", "Smoothed response time of a member's check.", rows, &text) {
      $0.member.responseTime.map { $0 / 1_000 }
    }
    text.begin("swiftlet_member_policy_weight", .gauge, "A member's weight by the policy.")
    for row in rows { text.add(row.labels, row.member.policyWeight) }
    text.begin("swiftlet_member_weight", .gauge, "The weight in force, after all that changes it.")
    for row in rows { text.add(row.labels, row.member.weight) }
    write("swiftlet_member_connections", "Connections that a member reports.", rows, &text) {
      $0.member.connections.map(Double.init)
    }
    write("swiftlet_member_load_ratio", "Load that a member reports, 0 to 1.", rows, &text) { $0.member.load }
    write(
      "swiftlet_member_certificate_expiry_timestamp_seconds", "When a member's certificate expires.", rows,
      &text
    ) { $0.member.certificateExpiry.map(Double.init) }
    writeOrders(rows, to: &text)
    guard rows.contains(where: { !$0.member.results.seen.isEmpty }) else { return }
    text.begin("swiftlet_member_checks_total", .counter, "Results of a member's check, by reason.")
    for row in rows {
      for (kind, count) in row.member.results.seen {
        text.add(row.labels.with("reason", kind.rawValue), count)
      }
    }
  }

  private func writeOrders(_ rows: [Row], to text: inout MetricsText) {
    guard rows.contains(where: { !$0.member.orders.isEmpty }) else { return }
    text.begin("swiftlet_member_ordered", .gauge, "1 where an operator's order is in force.")
    for row in rows {
      for order in row.member.orders { text.add(row.labels.with("order", order.verb), 1) }
    }
  }

  /// A family of gauges of which some members have none.
  private func write(
    _ name: String, _ help: String, _ rows: [Row], _ text: inout MetricsText, value: (Row) -> Double?
  ) {
    let values = rows.compactMap { row in value(row).map { (row.labels, $0) } }
    guard !values.isEmpty else { return }
    text.begin(name, .gauge, help)
    for (labels, value) in values { text.add(labels, value) }
  }
}
