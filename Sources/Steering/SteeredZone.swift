public import DNSWire
internal import Locations
public import Zones

/// A zone with its policies, ready to be answered from.
public struct SteeredZone: Sendable {
  public let compiled: CompiledZone
  public let policies: ZonePolicies
  /// By number, as `compiled.pools`.
  public let pools: [Pool]
  /// Nil: no policy asks where clients are.
  public let classes: ClientClasses?
  /// By name: the zone's own, and the server's that it has no own for.
  private let checks: [String: CheckDefinition]

  init(_ compiled: CompiledZone, _ policies: ZonePolicies, _ shared: SharedDefinitions) {
    self.compiled = compiled
    self.policies = policies
    checks = shared.checksByName.merging(policies.checks.map { ($0.name, $0) }) { $1 }
    let byOwner = Dictionary(policies.policies.map { ($0.owner.lowercased, $0) }) { first, _ in first }
    let classes = shared.classes(of: policies)
    let ranking = LocationRanking(policies.locations)
    self.classes = classes
    pools = compiled.pools.compactMap { site in
      byOwner[site.owner.lowercased].map { policy in
        Pool(policy, at: site, classes: classes, fallback: ranking.client(at: policy.defaultLocation))
      }
    }
  }

  /// What one of the zone's pools knows of a client.
  public func client(_ address: IPAddress, of pool: Pool) -> ClientClass {
    pool.clients.groups[group(of: address, in: pool)]
  }

  /// Which of a pool's groups a client is in.
  public func group(of address: IPAddress, in pool: Pool) -> Int {
    pool.clients.group(ofClass: classes.map { $0.tree.view.leaf(of: address).value } ?? 0)
  }

  /// What is likely not meant in what policies come to by what is known of clients, each at its policy's chain.
  public var warnings: [Diagnostic] {
    guard let classes else { return [] }
    let report = PolicyReport(compiled.policyRecords)
    for (policy, record) in zip(policies.policies, policies.chains) {
      if let cut = classes.cutOrders(of: policy) { report.add(PoolWarning.ordersAreCut(cut), at: record) }
    }
    return report.diagnostics
  }

  /// Whether the zone depends on where clients are and was not made with what the configuration says of that.
  public func isOutdated(under shared: SharedDefinitions) -> Bool {
    classes.map { $0.knowledge != shared.knowledge } ?? false
  }

  /// The same zone where the server's configuration has come to say something else.
  public func under(_ shared: SharedDefinitions) -> SteeredZone { SteeredZone(compiled, policies, shared) }

  /// Schedules of all pools, by number.
  ///
  /// - Parameter inputs: what is known of a member; by default nothing, so that all are served.
  public func schedules(
    _ inputs: (Member) -> MemberInput = { _ in MemberInput() }
  ) -> [EncodedSchedule] {
    pools.map { pool in
      pool.encode(pool.choose(pool.members.map(inputs)), apex: compiled.apex, horizon: nil)
    }
  }

  /// The check that says which members of a policy are up; nil: none does.
  public func check(of policy: Policy) -> CheckDefinition? { policy.check.flatMap { checks[$0] } }
}
