import DNSWire
public import Zones

/// A zone with its policies, ready to be answered from.
public struct SteeredZone: Sendable {
  public let compiled: CompiledZone
  public let policies: ZonePolicies
  /// By number, as `compiled.pools`.
  public let pools: [Pool]

  init(_ compiled: CompiledZone, _ policies: ZonePolicies) {
    self.compiled = compiled
    self.policies = policies
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
      return pool.encode(choice.schedule, apex: compiled.apex)
    }
  }
}
