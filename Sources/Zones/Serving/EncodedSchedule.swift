public import DNSWire

/// A pool's schedule with its answers encoded: immutable, in one flat arena.
public final class EncodedSchedule: Sendable {
  /// What the members of a pool answer.
  public enum Members: Sendable {
    case addresses([IPAddress])
    /// Targets of CNAMEs.
    case targets([DomainName])
  }

  /// Valid as long as this object lives.
  public var view: ScheduleView { ScheduleView(arena.view) }

  private let arena: Arena

  /// - Parameters:
  ///   - site: where the pool is, in the zone of `apex`.
  ///   - ttl: of the answers, in seconds.
  ///   - answers: lists of members, the first foremost; at most 65,536. One target at most is answered.
  ///   - turns: numbers of answers. Empty: NODATA.
  public init(
    _ members: Members, at site: PoolSite, apex: DomainName, ttl: UInt32, picking: ScheduleView.Picking,
    answers: [[Int]], turns: [UInt32]
  ) {
    var builder = ArenaBuilder(capacity: 64 + answers.count * 48 + turns.count * 2)
    builder.append(uint32: UInt32(turns.count))
    builder.append(uint32: UInt32(picking.rawValue).littleEndian)
    builder.append(uint32: 0)
    builder.append(uint32: UInt32(site.rotation))
    builder.append(zeros: answers.count * 4)
    builder.store(uint32: UInt32(builder.count), at: 8)
    for turn in turns { builder.append(uint16: UInt16(truncatingIfNeeded: turn)) }
    for (index, answer) in answers.enumerated() {
      builder.store(uint32: UInt32(builder.count), at: ScheduleView.answersOffset + index * 4)
      switch members {
      case .addresses(let addresses):
        // A policy's order is not turned once more.
        builder.beginAddresses(site.type, count: answer.count, rotation: nil)
        for member in answer {
          builder.appendAddress(
            site.type, ttl: ttl, rdata: addresses[member].octets(for: site.type).span.octets)
        }
      case .targets(let targets):
        var encoder = RRsetEncoder(owner: site.owner, apex: apex)
        if let first = answer.first {
          encoder.append(type: .cname, ttl: ttl, rdata: targets[first].octets[...])
        }
        builder.append(encoder, type: .cname, recordCount: 1)
      }
    }
    arena = builder.finish()
  }
}
