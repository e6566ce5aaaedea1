internal import Answering
internal import DNSWire
internal import Health
internal import Steering
internal import Zones

/// How a pool is, as operators are told.
struct PoolStatus: Equatable, Sendable {
  /// The owner of its policy.
  var name: String
  /// Of the records that are answered.
  var type: String
  var zone: String
  /// The name of its check; nil: it has none.
  var check: String?
  /// That is answered now, in seconds.
  var timeToLive: Int
  /// What `fail=` did, as no member was left; nil: some are.
  var fallback: String?
  var members: [MemberStatus]
}

extension PoolStatus {
  /// - Parameters:
  ///   - knowledge: of the members, in their order.
  ///   - answers: how often each came first.
  init(_ live: LivePool, _ knowledge: [MemberKnowledge], answers: [UInt64], by clocks: Clocks) {
    let pool = live.pool
    let turns = max(1, live.answer.turns)
    name = "\(pool.site.owner)"
    type = pool.site.type.mnemonic
    zone = "\(live.zone.compiled.apex)"
    check = pool.policy.check
    timeToLive = Int(live.answer.ttl)
    fallback = live.fallback
    members = pool.members.indices.map { index in
      let candidate = live.answer.candidates[index]
      var status = MemberStatus(
        member: pool.members[index].identity.text, policyWeight: Int(pool.members[index].weight),
        weight: candidate.weight, answers: Int(clamping: answers[index]),
        expectedShare: Double(candidate.firstPlaces) / Double(turns))
      status.take(knowledge[index], by: clocks)
      return status
    }
  }
}

extension PoolStatus {
  /// Answers of all members.
  var answers: Int { members.reduce(0) { $0 + $1.answers } }

  var json: JSON {
    .object([
      ("name", .string(name)), ("type", .string(type)), ("zone", .string(zone)), ("check", JSON(check)),
      ("ttl", .number(timeToLive)), ("fallback", JSON(fallback)),
      ("members", .array(members.map { $0.json(of: answers) })),
    ])
  }

  /// Nil: the text is no pool's.
  init?(_ json: JSON) {
    guard let name = json["name"]?.string, let type = json["type"]?.string, let zone = json["zone"]?.string,
      let timeToLive = json["ttl"]?.integer, let members = json["members"]?.elements
    else { return nil }
    self.init(
      name: name, type: type, zone: zone, check: json["check"]?.string, timeToLive: timeToLive,
      fallback: json["fallback"]?.string, members: members.compactMap(MemberStatus.init))
  }
}
