public import DNSWire
public import Zones

/// What one policy answers at one place: the addresses of one family, or the targets.
public struct Pool: Sendable {
  public let policy: Policy
  public let site: PoolSite
  /// Those of the policy that can be answered here.
  public let members: [Member]
  public let chooser: Chooser
  /// Which of the zone's classes of clients are answered alike.
  public let clients: PoolClients

  /// The most members that a pool has.
  static let memberLimit = 1000

  /// Random orders follow from it, so that all servers of a zone have the same.
  private static let seed: UInt64 = 1

  /// - Parameters:
  ///   - classes: of the zone's clients; nil: all are of one.
  ///   - fallback: what counts of clients where nothing is known.
  init(
    _ policy: Policy, at site: PoolSite, classes: ClientClasses? = nil, fallback: ClientClass = .unknown
  ) {
    self.policy = policy
    self.site = site
    let members = policy.members.filter { member in
      switch member.identity {
      case .address(let address): site.addresses.contains(address)
      case .target: site.type == .cname
      }
    }
    self.members = members
    chooser = Chooser(policy: policy, members: members, seed: Self.seed)
    let asked = policy.asksForClient ? classes : nil
    clients = asked.map { PoolClients(of: policy, members, $0, fallback: fallback) } ?? .all
  }

  /// For how long an answer may be kept, in seconds: until a member may flip, within the bounds that the policy sets.
  ///
  /// - Parameter horizon: how soon a member may flip; nil: none will.
  public func timeToLive(horizon: Duration?) -> UInt32 {
    let bounds = policy.timeToLive(ofRRset: site.ttl)
    guard let horizon else { return bounds.upperBound }
    return min(max(UInt32(clamping: horizon.components.seconds), bounds.lowerBound), bounds.upperBound)
  }

  /// For how long it may be kept that nobody is answered, in seconds: until a member may flip, not longer than an
  /// answer, but not less than 1.
  ///
  /// - Parameter horizon: how soon a member may flip; nil: none will.
  public func negativeTimeToLive(horizon: Duration?) -> UInt32 {
    let most = timeToLive(horizon: nil)
    return max(1, horizon.map { min(most, UInt32(clamping: $0.components.seconds)) } ?? most)
  }

  /// Encodes what was chosen for the data plane.
  ///
  /// - Parameters:
  ///   - apex: of the zone.
  ///   - horizon: how soon a member may flip; nil: none will.
  public func encode(_ choices: PoolChoices, apex: DomainName, horizon: Duration?) -> EncodedSchedule {
    let schedules = choices.schedules.map { schedule in
      let isEmpty = schedule.turns.isEmpty
      return encode(
        schedule, apex: apex,
        ttl: isEmpty ? negativeTimeToLive(horizon: horizon) : timeToLive(horizon: horizon))
    }
    // Also where all come to the same now: what a pool counts by does not change.
    return policy.asksForClient ? EncodedSchedule(schedules, byClass: choices.numbers) : schedules[0]
  }

  private func encode(_ schedule: Schedule, apex: DomainName, ttl: UInt32) -> EncodedSchedule {
    let picking: ScheduleView.Picking =
      switch schedule.order {
      case .cycle: .cycle
      case .random: .random
      case .hash(.client): .clientHash
      case .hash(.name): .nameHash
      }
    return EncodedSchedule(
      encodedMembers, at: site, apex: apex, ttl: ttl,
      picking: picking, answers: schedule.answers, turns: schedule.turns)
  }

  private var encodedMembers: EncodedSchedule.Members {
    if site.type == .cname {
      return .targets(
        members.compactMap { if case .target(let name) = $0.identity { name } else { nil } })
    }
    return .addresses(
      members.compactMap { if case .address(let address) = $0.identity { address } else { nil } })
  }
}
