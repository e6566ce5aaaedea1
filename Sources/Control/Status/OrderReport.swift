/// What an order came to, as operators are told.
struct OrderReport: Equatable, Sendable {
  /// A member of a pool that the order is about.
  struct Member: Equatable, Sendable {
    /// The owner of the policy.
    var name: String
    /// Of the records that are answered.
    var type: String
    var member: String
    /// How often it is to come first from now on, 0...1, in answers to clients of whom nothing is known.
    var share: Double
    /// Whether any client's answers have it.
    var isAnswered: Bool
    /// What `fail=` did, as stages left nobody; nil: they left some.
    var fallback: String?
    /// Until when caches may hold answers with it, in seconds since 1970; nil: it is answered on.
    var cachedUntil: Int?
  }

  /// `drain`, `down`, `up`, `weight` or `auto`.
  var verb: String
  /// By the server's clock, in seconds since 1970.
  var time: Int
  /// Until when it holds, in seconds since 1970; nil: until it is taken back.
  var until: Int?
  /// False: it holds until the server ends, as it could not be written down.
  var isKept = true
  var members: [Member]
}

extension OrderReport {
  var json: JSON {
    .success([
      ("do", .string(verb)), ("time", .number(time)), ("until", JSON(until)),
      ("kept", .boolean(isKept)), ("members", .array(members.map(\.json))),
    ])
  }

  /// Nil: the text is no report's.
  init?(_ json: JSON) {
    guard let verb = json["do"]?.string, let time = json["time"]?.integer,
      let members = json["members"]?.elements
    else { return nil }
    self.init(
      verb: verb, time: time, until: json["until"]?.integer, isKept: json["kept"]?.boolean != false,
      members: members.compactMap(Member.init))
  }

  /// The report as text.
  var lines: [String] {
    let end = until.map { ", for \(Age.text($0 - time))" } ?? ""
    let lines = members.map { member in
      let share = "share \(PoolStatus.percent(member.share))"
      return "\(member.name) \(member.type) \(member.member): \(verb)\(end): \(share)\(note(on: member))"
    }
    return isKept
      ? lines : lines + ["a restart forgets this: the state file cannot be written, the log says why"]
  }

  private func note(on member: Member) -> String {
    if let cached = member.cachedUntil {
      let clock = LogLine.timestamp(Int64(cached) * 1_000_000_000).prefix("2026-01-02T03:04:05".count)
      return "; caches may hold it for \(Age.text(cached - time)) more, until \(clock)Z"
    }
    guard verb == "drain" || verb == "down", member.isAnswered else { return "" }
    // The share is that of clients of whom it is not known where they are.
    guard member.share > 0 else {
      return "; clients of some places are answered with it on, as no other member can be"
    }
    if let fallback = member.fallback {
      return "; it is answered on, as no member is left and fail=\(fallback) decides"
    }
    let cause = verb == "down" ? "the policy has no stage 'up'" : "no other member can be"
    return "; it is answered on, as \(cause)"
  }
}

extension OrderReport.Member {
  fileprivate var json: JSON {
    .object([
      ("name", .string(name)), ("type", .string(type)), ("member", .string(member)),
      ("share-expected", .real(share)), ("answered", .boolean(isAnswered)), ("fallback", JSON(fallback)),
      ("cached-until", JSON(cachedUntil)),
    ])
  }

  fileprivate init?(_ json: JSON) {
    guard let name = json["name"]?.string, let type = json["type"]?.string,
      let member = json["member"]?.string, let share = json["share-expected"]?.double,
      let isAnswered = json["answered"]?.boolean
    else { return nil }
    self.init(
      name: name, type: type, member: member, share: share, isAnswered: isAnswered,
      fallback: json["fallback"]?.string,
      cachedUntil: json["cached-until"]?.integer)
  }
}
