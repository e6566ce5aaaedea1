public import DNSWire

/// A pool's schedule with its answers encoded: immutable, in one flat arena.
public final class EncodedSchedule: Sendable {
  /// What the members of a pool answer.
  public enum Members: Sendable {
    case addresses([IPAddress])
    /// Targets of CNAMEs.
    case targets([DomainName])

    var count: Int {
      switch self {
      case .addresses(let addresses): addresses.count
      case .targets(let targets): targets.count
      }
    }
  }

  /// Valid as long as this object lives.
  public var view: ScheduleView { ScheduleView(arena.view) }
  /// Members of the pool, answered or not.
  public let memberCount: Int

  private let arena: Arena

  /// - Parameters:
  ///   - site: where the pool is, in the zone of `apex`.
  ///   - ttl: of the answers, in seconds; of NODATA, for how long it may be kept at most.
  ///   - answers: lists of members, none empty, the first foremost; at most 65,536. One target at most is answered.
  ///   - turns: numbers of answers. Empty: NODATA.
  public init(
    _ members: Members, at site: PoolSite, apex: DomainName, ttl: UInt32, picking: ScheduleView.Picking,
    answers: [[Int]], turns: [UInt32]
  ) {
    memberCount = members.count
    var builder = ArenaBuilder(capacity: 64 + answers.count * 48 + turns.count * 2)
    builder.append(uint32: 0)
    builder.append(uint32: UInt32(turns.count))
    builder.append(uint32: UInt32(picking.rawValue).littleEndian)
    builder.append(uint32: UInt32(ScheduleView.answersOffset + answers.count * ScheduleView.answerSize))
    builder.append(uint32: UInt32(site.rotation))
    builder.append(uint32: ttl)
    builder.append(zeros: answers.count * ScheduleView.answerSize)
    for turn in turns { builder.append(uint16: UInt16(truncatingIfNeeded: turn)) }
    for (index, answer) in answers.enumerated() {
      let entry = ScheduleView.answersOffset + index * ScheduleView.answerSize
      builder.store(uint32: UInt32(builder.count), at: entry)
      builder.store(uint32: UInt32(answer[0]), at: entry + 4)
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
        encoder.append(type: .cname, ttl: ttl, rdata: targets[answer[0]].octets[...])
        builder.append(encoder, type: .cname, recordCount: 1)
      }
    }
    builder.store(uint32: UInt32(builder.count), at: 0)
    arena = builder.finish()
  }
}
