public import DNSWire
public import Zones

/// What one policy answers at one place: the addresses of one family, or the targets.
public struct Pool: Sendable {
  public let policy: Policy
  public let site: PoolSite
  /// Those of the policy that can be answered here.
  public let members: [Member]
  public let chooser: Chooser

  /// Random orders follow from it, so that all servers of a zone have the same.
  private static let seed: UInt64 = 1

  public init(_ policy: Policy, at site: PoolSite) {
    self.policy = policy
    self.site = site
    members = policy.members.filter { member in
      switch member.identity {
      case .address(let address): site.addresses.contains(address)
      case .target: site.type == .cname
      }
    }
    chooser = Chooser(policy: policy, members: members, seed: Self.seed)
  }

  /// Encodes a schedule for the data plane.
  ///
  /// - Parameter apex: of the zone.
  public func encode(_ schedule: Schedule, apex: DomainName) -> EncodedSchedule {
    let picking: ScheduleView.Picking =
      switch schedule.order {
      case .cycle: .cycle
      case .random: .random
      case .hash(.client): .clientHash
      case .hash(.name): .nameHash
      }
    return EncodedSchedule(
      encodedMembers, at: site, apex: apex, ttl: policy.timeToLive(ofRRset: site.ttl).upperBound,
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
