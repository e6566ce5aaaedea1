import DNSWire
import TestSupport
import Testing
import Zones

@testable import Answering

/// A zone with pools of addresses, `one` (three members), `two` and `long`, and one of targets, `cdn`.
enum PoolZone {
  static let text = """
    $TTL 60
    @ SOA ns hostmaster 1 7200 900 1209600 300
    @ NS ns
    ns A 192.0.2.1
    one A 192.0.2.10
    one A 192.0.2.11
    one A 192.0.2.12
    _lb.one TXT "steer=weighted"
    two A 192.0.2.20
    two A 192.0.2.21
    _lb.two TXT "steer=weighted"
    $GENERATE 1-100 long A 198.51.100.$
    _lb.long TXT "steer=round-robin"
    _lb.cdn TXT "member=a.example.net."
    """

  static func load(_ folder: TemporaryFolder) throws -> CompiledZone {
    let result = ZoneLoader.load(file: folder.write("zone", text), apex: try DomainName("example."))
    return try #require(result.zone, "\(result.diagnostics)")
  }

  /// The number of the pool of `owner` in the zone.
  static func pool(_ owner: String, in zone: CompiledZone) throws -> Int {
    try #require(zone.pools.firstIndex { $0.owner.description == "\(owner).example." })
  }

  /// A schedule whose turns give single members.
  static func schedule(
    _ owner: String, in zone: CompiledZone, ttl: UInt32 = 60, picking: ScheduleView.Picking = .cycle,
    turns: [UInt32]
  ) throws -> EncodedSchedule {
    let site = zone.pools[try pool(owner, in: zone)]
    let members: EncodedSchedule.Members =
      site.type == .cname
      ? .targets([try DomainName("a.example.net."), try DomainName("b.example.net.")])
      : .addresses(site.addresses)
    let count = site.type == .cname ? 2 : site.addresses.count
    return EncodedSchedule(
      members, at: site, apex: zone.apex, ttl: ttl, picking: picking, answers: (0..<count).map { [$0] },
      turns: turns)
  }

  /// Schedules of all pools: one after the other; `long` answers all of its members at once.
  static func schedules(_ zone: CompiledZone) throws -> [EncodedSchedule] {
    try zone.pools.map { site in
      let count = site.addresses.count
      if site.owner.description == "long.example." {
        return EncodedSchedule(
          .addresses(site.addresses), at: site, apex: zone.apex, ttl: 60, picking: .cycle,
          answers: (0..<count).map { first in (0..<count).map { (first + $0) % count } },
          turns: (0..<count).map { UInt32($0) })
      }
      let owner = site.owner.description.prefix(3)
      return try schedule(String(owner), in: zone, turns: (0..<UInt32(max(count, 2))).map { $0 })
    }
  }
}
