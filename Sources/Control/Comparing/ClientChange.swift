internal import DNSWire
internal import Steering

/// What a change does to clients of whom something is known.
struct ClientChange: Sendable {
  /// One of their networks: the widest.
  let network: IPNetwork
  /// How many networks they are in.
  let networkCount: Int
  /// As the pools see the clients of that network.
  let before: ClientClass
  let after: ClientClass
  /// Of which something differs for them.
  let members: [PoolChange.MemberChange]

  /// Of those whose shares change otherwise than those of clients of whom nothing is known; clients who come from the
  /// same shares to the same ones are one.
  static func all(from before: PoolSet.Entry, to after: PoolSet.Entry, _ overlaps: ZoneOverlaps)
    -> [ClientChange]
  {
    guard before.pool.policy.asksForClient || after.pool.policy.asksForClient,
      before.zone.policies != after.zone.policies
    else { return [] }
    let (old, new) = (before.pool.choose([]), after.pool.choose([]))
    var found: [Found] = []
    var known: [[Int]: Int] = [[0, 0]: -1]
    for pair in overlaps.pairs(before.zone, after.zone).pairs {
      let key = [old.schedule(ofClass: pair.old), new.schedule(ofClass: pair.new)]
      guard let index = known[key] else {
        let members = members(
          Outcome(of: before.pool, old.schedules[key[0]]), Outcome(of: after.pool, new.schedules[key[1]]))
        known[key] = members.isEmpty ? -1 : found.count
        if !members.isEmpty {
          found.append(Found(pair: pair, networkCount: pair.networkCount, members: members))
        }
        continue
      }
      if index >= 0 { found[index].add(pair) }
    }
    return found.map { found in
      ClientChange(
        network: found.pair.network, networkCount: found.networkCount,
        before: before.pool.clients.groups[before.pool.clients.group(ofClass: found.pair.old)],
        after: after.pool.clients.groups[after.pool.clients.group(ofClass: found.pair.new)],
        members: found.members)
    }
  }

  /// Clients who come from the same shares to the same ones.
  private struct Found {
    /// That with the widest network.
    var pair: ClassPairs.Pair
    var networkCount: Int
    let members: [PoolChange.MemberChange]

    mutating func add(_ other: ClassPairs.Pair) {
      networkCount += other.networkCount
      if other.network.address.family == pair.network.address.family,
        other.network.length < pair.network.length
      {
        pair = other
      }
    }
  }

  private static func members(_ before: Outcome, _ after: Outcome) -> [PoolChange.MemberChange] {
    let gone = before.order.filter { after.shares[$0] == nil }
    return (after.order + gone).compactMap { identity in
      let (old, new) = (before.share(of: identity), after.share(of: identity))
      if old.isEqual(to: new) { return nil }
      return PoolChange.MemberChange(
        member: identity.text, before: before.shares[identity] == nil ? nil : old,
        after: after.shares[identity] == nil ? nil : new, notes: [])
    }
  }

  /// What a pool comes to for some clients.
  private struct Outcome {
    let order: [Member.Identity]
    let shares: [Member.Identity: Share]
    let turns: Int

    init(of pool: Pool, _ schedule: Schedule) {
      order = pool.members.map(\.identity.canonical)
      turns = schedule.turns.count
      let places = schedule.firstPlaces(memberCount: order.count)
      shares = Dictionary(
        zip(order, places.map { [turns] in Share(part: $0, whole: turns) }),
        uniquingKeysWith: { first, _ in first })
    }

    /// Who is no member has nothing.
    func share(of member: Member.Identity) -> Share { shares[member] ?? Share(part: 0, whole: turns) }
  }
}
