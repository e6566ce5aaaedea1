/// What a beat came to, as members are told.
struct BeatReport: Equatable, Sendable {
  struct Check: Equatable, Sendable {
    var name: String
    /// How long the report holds, in seconds.
    var lease: Double
  }

  var checks: [Check]

  var json: JSON {
    .success([
      (
        "checks",
        .array(checks.map { .object([("check", .string($0.name)), ("lease", .real($0.lease))]) })
      )
    ])
  }

  init(checks: [Check]) { self.checks = checks }

  /// Nil: the text is no report's.
  init?(_ json: JSON) {
    guard let checks = json["checks"]?.elements else { return nil }
    self.checks = checks.compactMap { check in
      guard let name = check["check"]?.string, let lease = check["lease"]?.double else { return nil }
      return Check(name: name, lease: lease)
    }
  }

  /// The report as text.
  var lines: [String] { checks.map { "check \($0.name): heard, which holds for \($0.lease.shown)s" } }
}
