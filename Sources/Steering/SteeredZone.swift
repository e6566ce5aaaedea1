import DNSWire
public import Zones

/// A zone with its policies, ready to be answered from.
public struct SteeredZone: Sendable {
  public let compiled: CompiledZone
  public let policies: ZonePolicies
  /// By number, as `compiled.pools`.
  public let pools: [Pool]
  /// By name: the zone's own, and the server's that it has no own for.
  private let checks: [String: CheckDefinition]

  init(_ compiled: CompiledZone, _ policies: ZonePolicies, _ shared: SharedDefinitions) {
    self.compiled = compiled
    self.policies = policies
    checks = shared.checksByName.merging(policies.checks.map { ($0.name, $0) }) { $1 }
    let byOwner = Dictionary(policies.policies.map { ($0.owner.lowercased, $0) }) { first, _ in first }
    pools = compiled.pools.compactMap { site in
      byOwner[site.owner.lowercased].map { Pool($0, at: site) }
    }
  }

  /// Schedules of all pools, by number.
  ///
  /// - Parameter inputs: what is known of a member; by default nothing, so that all are served.
  public func schedules(
    _ inputs: (Member) -> MemberInput = { _ in MemberInput() }
  ) -> [EncodedSchedule] {
    pools.map { pool in
      let choice = pool.chooser.choose(pool.members.map(inputs), client: .unknown)
      return pool.encode(choice.schedule, apex: compiled.apex, ttl: pool.timeToLive(horizon: nil))
    }
  }

  /// The check that says which members of a policy are up; nil: none does.
  public func check(of policy: Policy) -> CheckDefinition? { policy.check.flatMap { checks[$0] } }
}
