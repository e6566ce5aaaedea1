internal import Health
internal import Steering

/// How a member of a pool is, as operators are told.
struct MemberStatus: Equatable, Sendable {
  /// An address, or a target with its final dot.
  var member: String
  /// What checks say.
  var state = MemberInput.State.unknown
  /// Since when the state is what it is, in seconds since 1970; nil: no check looks.
  var since: Int?
  /// Why the last check came out as it did; nil: there was none.
  var reason: String?
  /// Smoothed, in milliseconds; nil: not measured.
  var responseTime: Double?
  /// That the member reports; nil: it does not.
  var connections: Int?
  /// 0...1; nil: not reported.
  var load: Double?
  /// When its certificate expires, in seconds since 1970; nil: none was seen.
  var certificateExpiry: Int?
  /// Results of its check by their reasons, since it was first checked.
  var results = ReasonCounts()
  /// What operators have ordered: at most one order about the state, and one about the weight.
  var orders: [OrderStatus] = []
  /// By the policy.
  var policyWeight: Int
  /// After all that changes it: orders, slow start, reports, stages.
  var weight: Double
  /// How often it came first in an answer since the zone was loaded.
  var answers: Int
  /// How often it is to come first, 0...1.
  var expectedShare: Double
}

extension MemberStatus {
  mutating func take(_ knowledge: MemberKnowledge, by clocks: Clocks) {
    state = knowledge.health?.state ?? knowledge.input.state
    responseTime = knowledge.input.responseTime
    connections = knowledge.input.connections
    load = knowledge.input.load
    results = knowledge.results ?? ReasonCounts()
    orders = knowledge.orders.map { OrderStatus($0) }
    guard let health = knowledge.health else { return }
    since = clocks.seconds(of: health.since)
    reason = health.reason?.detail
    certificateExpiry = health.certificateExpiry.map { Int($0) }
  }

  /// - Parameter total: answers of all members of the pool.
  func json(of total: Int) -> JSON {
    .object([
      ("member", .string(member)), ("state", .string(state.rawValue)), ("since", JSON(since)),
      ("reason", JSON(reason)), ("response-ms", JSON(responseTime)), ("connections", JSON(connections)),
      ("load", JSON(load)), ("certificate-expires", JSON(certificateExpiry)),
      ("results", .object(results.seen.map { ($0.kind.rawValue, .number(Int(clamping: $0.count))) })),
      ("orders", .array(orders.map(\.json))), ("weight", .number(policyWeight)),
      ("weight-in-force", .real(weight)), ("answers", .number(answers)),
      ("share-expected", .real(expectedShare)),
      ("share-got", total > 0 ? .real(Double(answers) / Double(total)) : .null),
    ])
  }

  /// Nil: the text is no member's.
  init?(_ json: JSON) {
    guard let member = json["member"]?.string,
      let state = json["state"]?.string.flatMap(MemberInput.State.init),
      let policyWeight = json["weight"]?.integer, let weight = json["weight-in-force"]?.double,
      let answers = json["answers"]?.integer, let expectedShare = json["share-expected"]?.double
    else { return nil }
    self.init(
      member: member, state: state, since: json["since"]?.integer, reason: json["reason"]?.string,
      responseTime: json["response-ms"]?.double, connections: json["connections"]?.integer,
      load: json["load"]?.double, certificateExpiry: json["certificate-expires"]?.integer,
      results: ReasonCounts(json["results"]),
      orders: (json["orders"]?.elements ?? []).compactMap(OrderStatus.init), policyWeight: policyWeight,
      weight: weight, answers: answers, expectedShare: expectedShare)
  }
}

extension ReasonCounts {
  /// What is no count of a reason is passed over.
  fileprivate init(_ json: JSON?) {
    self.init()
    for kind in Reason.Kind.allCases {
      if let count = json?[kind.rawValue]?.integer { self[kind] = UInt64(clamping: count) }
    }
  }
}
