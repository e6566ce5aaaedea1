extension Selection {
  /// `up`: members that are down go.
  mutating func keepUp() {
    drop(left.map { isAlive($0) ? nil : .down })
  }

  /// `tier`: one tier stays, the lowest of which enough lives.
  ///
  /// Live members are those that are left and not down. A tier's live weight is what they can take, and counts
  /// against the policy's weight of all the tier's members, also of those dropped before. Where no tier has enough,
  /// the first with live weight stays, and failing that the first with any live member. When nothing lives, nobody
  /// stays, and `fail` decides.
  ///
  /// - Returns: the tier that stays, and whether no tier has enough.
  mutating func keepTier() -> (tier: Int?, isBelowPanic: Bool) {
    let members = chooser.members
    let alive = left.filter { isAlive($0) }
    guard let lowest = alive.map({ members[$0].tier }).min() else {
      drop(left.map { _ in .down })
      return (nil, false)
    }
    var strengths: [Int: TierStrength] = [:]
    for index in members.indices {
      strengths[members[index].tier, default: TierStrength()].full += policyWeight(of: index)
    }
    for index in alive where capacity(of: index) > 0 {
      strengths[members[index].tier, default: TierStrength()].add(capacity(of: index))
    }
    let weighty = strengths.filter { $0.value.count > 0 }
    let enough = weighty.filter { $0.value.reaches(chooser.policy.panic) }
    let kept = enough.keys.min() ?? weighty.keys.min() ?? lowest
    drop(
      left.map { index in
        let tier = members[index].tier
        return tier == kept ? nil : tier < kept ? .tierTooWeak(tier) : .tierNotReached(tier)
      })
    return (kept, enough.isEmpty)
  }

  /// `nearest`: the members of the `count` locations stay that are nearest to the client and have a live member.
  ///
  /// A location of which all live members have weight 0 counts only where all are like that. Members without a
  /// location, and those whose distance is not known, count as of one location, farther than all others. Of clients
  /// that nothing is known about, all members are equally near. When nothing lives, nobody stays, and `fail` decides.
  mutating func keepNearest(_ count: Int, of client: ClientClass) {
    let alive = left.filter { isAlive($0) }
    guard !alive.isEmpty else { return drop(left.map { _ in .down }) }
    guard !client.nearest.isEmpty else { return }
    var ranks: [String: Int] = [:]
    for (rank, name) in client.nearest.enumerated() where ranks[name] == nil { ranks[name] = rank + 1 }
    let members = chooser.members
    let rankOf = { (index: Int) in members[index].location.flatMap { ranks[$0] } ?? Int.max }
    let weighty = alive.filter { capacity(of: $0) > 0 }
    let counted = Set((weighty.isEmpty ? alive : weighty).map(rankOf))
    let kept = Set(counted.sorted().prefix(max(1, count)))
    drop(
      left.map { index in
        let rank = rankOf(index)
        if kept.contains(rank) { return nil }
        if counted.contains(rank) { return .tooFar(rank: rank == Int.max ? nil : rank) }
        return isAlive(index) ? .noWeight : .down
      })
  }

  /// `fence`: the members of the location stay that owns the client's network.
  mutating func keepFenced(_ client: ClientClass) {
    let members = chooser.members
    drop(left.map { client.owner != nil && members[$0].location == client.owner ? nil : .outsideFence })
  }
}
