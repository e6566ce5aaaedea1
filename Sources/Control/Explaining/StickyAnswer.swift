internal import DNSWire

/// Whom a client sticks to.
struct StickyAnswer: Equatable {
  /// Nil: clients make no difference.
  let client: IPAddress?
  /// Nil: NODATA.
  let member: Int?

  func sentence(in explanation: Explanation) -> String {
    "\(client.map { "\($0)" } ?? "\(explanation.name)"): \(member.map(explanation.text) ?? "NODATA")"
  }

  func json(in explanation: Explanation) -> JSON {
    .object([
      ("client", client.map { .string("\($0)") } ?? .null),
      ("member", member.map { .string(explanation.text(of: $0)) } ?? .null),
    ])
  }
}
