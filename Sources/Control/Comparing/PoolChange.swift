internal import DNSWire
internal import Steering
internal import Zones

/// What differs between a pool of one set and that of the same name and type in another.
///
/// Shares are those of when nothing is known of members, so that all are served. Those of clients of whom nothing is
/// known come first; where policies ask where clients are, those of others follow.
struct PoolChange: Sendable {
  /// One key of the policy.
  struct Setting: Equatable, Sendable {
    let key: String
    /// Nil: there was no pool.
    let before: String?
    /// Nil: there is no pool any more.
    let after: String?
  }

  /// What a member comes to: nil where there is no such member.
  struct MemberChange: Equatable, Sendable {
    let member: String
    let before: Share?
    let after: Share?
    /// Its own keys that differ, as `weight 1 -> 2`.
    let notes: [String]

    /// Whether nothing differs that could be told.
    var isNone: Bool {
      guard let before, let after else { return false }
      return notes.isEmpty && before.isEqual(to: after)
    }
  }

  struct Moves: Equatable, Sendable {
    /// Clients, or names.
    let key: Stage.HashKey
    let share: Share
  }

  let owner: DomainName
  let type: RRType
  let isAdded: Bool
  let isRemoved: Bool
  let settings: [Setting]
  /// The check and the locations that the pool names, and that another definition stands behind.
  let redefined: [String]
  /// In the order of the new pool, then those that it has no more.
  let members: [MemberChange]
  /// Who gets another member of those whose answers stick; nil: answers do not stick, or not to the same.
  let moves: Moves?
  /// What becomes of clients of whom something is known, as far as it is told.
  let clients: [ClientChange]
  /// How many more of these there are.
  let omittedClients: Int

  /// As many groups of clients are told of.
  private static let clientLimit = 20

  /// Nil: the pools are alike. One of them must be there.
  init?(from before: PoolSet.Entry?, to after: PoolSet.Entry?, _ overlaps: ZoneOverlaps) {
    guard let site = (after ?? before)?.pool.site else { return nil }
    owner = site.owner
    type = site.type
    isAdded = before == nil
    isRemoved = after == nil
    redefined = Self.redefined(before, after)
    settings = Self.settings(before?.pool, after?.pool)
    let hasSameMembers = before?.pool.members.byIdentity == after?.pool.members.byIdentity
    var clients: [ClientChange] = []
    if let before, let after { clients = ClientChange.all(from: before, to: after, overlaps) }
    if settings.isEmpty, redefined.isEmpty, hasSameMembers, clients.isEmpty { return nil }
    self.clients = Array(clients.prefix(Self.clientLimit))
    omittedClients = clients.count - self.clients.count
    let old = before.map { Outcome(of: $0.pool) }
    let new = after.map { Outcome(of: $0.pool) }
    members = Self.members(old, new)
    moves = Self.moves(old, new)
  }

  private static func settings(_ before: Pool?, _ after: Pool?) -> [Setting] {
    let (old, new) = (before.map(allSettings) ?? [], after.map(allSettings) ?? [])
    guard let before, let after else {
      return (old + new).filter { !$0.isDefault }.map {
        Setting(key: $0.key, before: before == nil ? nil : $0.value, after: after == nil ? nil : $0.value)
      }
    }
    if before.policy == after.policy, before.site.ttl == after.site.ttl { return [] }
    return zip(old, new).compactMap {
      $0 == $1 ? nil : Setting(key: $0.key, before: $0.value, after: $1.value)
    }
  }

  /// The policy's settings, and the TTL last.
  private static func allSettings(of pool: Pool) -> [Policy.Setting] {
    let bounds = pool.policy.timeToLive(ofRRset: pool.site.ttl)
    let isFixed = bounds.lowerBound == bounds.upperBound
    let ttl = isFixed ? "\(bounds.lowerBound)" : "\(bounds.lowerBound)..\(bounds.upperBound)"
    return pool.policy.settings + [Policy.Setting(key: "ttl", value: ttl)]
  }

  private static func redefined(_ before: PoolSet.Entry?, _ after: PoolSet.Entry?) -> [String] {
    guard let before, let after else { return [] }
    var redefined: [String] = []
    if let check = after.pool.policy.check, check == before.pool.policy.check,
      before.checks[check] != after.checks[check]
    {
      redefined.append("check \(check)")
    }
    let locations = Set(after.pool.members.compactMap(\.location))
    redefined += locations.sorted().filter { name in
      before.locations[name] != nil && before.locations[name] != after.locations[name]
    }.map { "location \($0)" }
    return redefined
  }

  private static func members(_ before: Outcome?, _ after: Outcome?) -> [MemberChange] {
    let old = before?.members ?? [:]
    let new = after?.members ?? [:]
    let gone = (before?.order ?? []).filter { new[$0] == nil }
    return ((after?.order ?? []) + gone).map { identity in
      MemberChange(
        member: identity.text, before: old[identity]?.share, after: new[identity]?.share,
        notes: notes(old[identity]?.member, new[identity]?.member))
    }
  }

  private static func notes(_ before: Member?, _ after: Member?) -> [String] {
    guard let before, let after else { return [] }
    let keys = [
      ("weight", "\(before.weight)", "\(after.weight)"), ("tier", "\(before.tier)", "\(after.tier)"),
      ("at", before.location ?? "none", after.location ?? "none"),
    ]
    return keys.compactMap { $1 == $2 ? nil : "\($0) \($1) -> \($2)" }
  }

  private static func moves(_ before: Outcome?, _ after: Outcome?) -> Moves? {
    guard let before, let after, case .hash(let key) = after.orderOfTurns,
      before.orderOfTurns == .hash(key)
    else { return nil }
    return Moves(key: key, share: StickyMoves.share(from: before.firsts, to: after.firsts))
  }

  /// What one of the pools comes to.
  private struct Outcome {
    /// By canonical identity.
    let members: [Member.Identity: (member: Member, share: Share)]
    /// Identities in the order of the pool.
    let order: [Member.Identity]
    let orderOfTurns: Schedule.Order
    /// Who comes first at each turn.
    let firsts: [Member.Identity?]

    init(of pool: Pool) {
      let choice = pool.chooser.choose([], client: pool.clients.groups[0])
      let schedule = choice.schedule
      let identities = pool.members.map(\.identity.canonical)
      order = identities
      orderOfTurns = schedule.order
      firsts =
        schedule.turns.isEmpty ? [nil] : schedule.turns.map { identities[schedule.answers[Int($0)][0]] }
      var members: [Member.Identity: (member: Member, share: Share)] = [:]
      for (index, member) in pool.members.enumerated() {
        members[identities[index]] = (
          member, Share(part: choice.candidates[index].firstPlaces, whole: schedule.turns.count)
        )
      }
      self.members = members
    }
  }
}

extension [Member] {
  /// By canonical identity, which alone differs by letter case.
  fileprivate var byIdentity: [Member.Identity: Member] {
    var members: [Member.Identity: Member] = [:]
    for var member in self {
      member.identity = member.identity.canonical
      members[member.identity] = member
    }
    return members
  }
}
