internal import DNSWire
internal import Steering

/// A name in the zone that answers for it.
struct PoolSubject: Sendable {
  let zone: SteeredZone
  let name: DomainName
  let standing: NameStanding
  /// Members that are taken to be down.
  let down: Set<Member.Identity>

  /// What the pools of the name come to; none where no policy steers it.
  var explanations: [Explanation] {
    standing.pools.map { Explanation(of: zone.pools[$0], number: $0, for: self) }
  }

  /// Whether a policy of the name has the member, of whatever family.
  func knows(_ identity: Member.Identity) -> Bool {
    standing.pools.contains { number in
      zone.pools[number].policy.members.contains { $0.identity.folded == identity }
    }
  }

  func input(of member: Member) -> MemberInput {
    var input = MemberInput()
    if down.contains(member.identity.folded) { input.state = .down }
    return input
  }
}

extension Member.Identity {
  /// With a name in lower case, to compare by (RFC 4343).
  fileprivate var folded: Member.Identity {
    switch self {
    case .address: self
    case .target(let name): .target(name.lowercased)
    }
  }
}
