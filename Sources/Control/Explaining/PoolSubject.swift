internal import DNSWire
internal import Steering

/// A name in the zone that answers for it, and what is taken to be known.
struct PoolSubject: Sendable {
  let zone: SteeredZone
  let name: DomainName
  let standing: NameStanding
  /// By members in their canonical form; of others nothing is known.
  let inputs: [Member.Identity: MemberInput]
  /// What is supposed of the client; nil: nothing but what the zone knows.
  let client: ClientClass?

  /// The members that the policy of the name has, of both families.
  var members: [Member] {
    standing.pools.first.map { zone.pools[$0].policy.members } ?? []
  }

  /// What the pools of the name come to; none where no policy steers it.
  ///
  /// - Parameter network: where queries come from; nil: from no certain client.
  func explanations(from network: ClientNetwork? = nil) -> [Explanation] {
    standing.pools.map { number in
      let pool = zone.pools[number]
      let inputs = pool.members.map { self.inputs[$0.identity.canonical] ?? MemberInput() }
      return Explanation(
        of: pool, in: zone, for: name, PoolFacts(inputs: inputs), client: client, from: network)
    }
  }
}
