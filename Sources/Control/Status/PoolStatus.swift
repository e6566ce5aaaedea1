internal import DNSWire
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
  ///   - inputs: what is known of the members, in their order.
  ///   - answers: how often each came first; empty: nobody has counted.
  init(_ pool: Pool, zone: DomainName, _ inputs: [MemberInput], answers: [UInt64]) {
    let choice = pool.chooser.choose(inputs, client: .unknown)
    let turns = max(1, choice.schedule.turns.count)
    name = "\(pool.site.owner)"
    type = pool.site.type.mnemonic
    self.zone = "\(zone)"
    check = pool.policy.check
    timeToLive = Int(pool.policy.timeToLive(ofRRset: pool.site.ttl).upperBound)
    fallback = choice.steps.lazy.compactMap(\.fallback).first?.rawValue
    members = pool.members.indices.map { index in
      let candidate = choice.candidates[index]
      var status = MemberStatus(
        member: pool.members[index].identity.text, policyWeight: Int(pool.members[index].weight),
        weight: candidate.weight,
        answers: Int(clamping: answers.indices.contains(index) ? answers[index] : 0),
        expectedShare: Double(candidate.firstPlaces) / Double(turns))
      status.state = inputs[index].state
      status.responseTime = inputs[index].responseTime
      status.connections = inputs[index].connections
      status.load = inputs[index].load
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
