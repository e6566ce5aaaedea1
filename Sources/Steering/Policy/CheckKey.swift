/// The keys of `_check` records.
enum CheckKey: String, CaseIterable {
  case type, port, interval, timeout, rise, fall, start
  case slowStart = "slow-start"
  case path, host, method, header, expect, body, ca, verify
  case query, qtype, rcode, answer
  case send

  /// Those whose values may have spaces.
  static var prose: Set<String> {
    Set([CheckKey.header, .expect, .body, .answer, .send].map(\.rawValue))
  }
}
