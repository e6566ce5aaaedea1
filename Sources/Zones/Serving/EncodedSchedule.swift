public import DNSWire

/// A pool's schedule, or its schedules by classes of clients, with the answers encoded: immutable, in one flat arena.
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
  /// Counters that the turns need.
  public let counterCount: Int

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
    counterCount = 1
    let site = SiteEncoder(members, at: site, apex: apex, ttl: ttl)
    let answerSize = ScheduleView.memberSize + (answers.lazy.map { site.size(of: $0) }.max() ?? 0)
    let turnSize = answers.count <= 256 ? 1 : 2
    let answersOffset = ScheduleView.turnsOffset + turns.count * turnSize
    var builder = ArenaBuilder(capacity: answersOffset + answers.count * answerSize + 8)
    builder.append(uint32: UInt32(answersOffset + answers.count * answerSize))
    builder.append(uint32: UInt32(turns.count))
    builder.append(octet: picking.rawValue)
    builder.append(octet: UInt8(turnSize))
    builder.append(uint16: UInt16(answerSize))
    builder.append(uint32: UInt32(answersOffset))
    builder.append(uint32: ttl)
    for turn in turns {
      if turnSize == 1 { builder.append(octet: UInt8(turn)) } else { builder.append(uint16: UInt16(turn)) }
    }
    for answer in answers {
      let end = builder.count + answerSize
      builder.append(uint32: UInt32(answer[0]))
      site.append(answer, to: &builder)
      builder.append(zeros: end - builder.count)
    }
    arena = builder.finish()
  }

  /// Each class of clients has a schedule.
  ///
  /// - Parameters:
  ///   - schedules: of one pool, none by class itself; at most 65,536.
  ///   - numbers: for each class, 1 at least, which of the schedules it has.
  public init(_ schedules: [EncodedSchedule], byClass numbers: [Int]) {
    memberCount = schedules.first?.memberCount ?? 0
    counterCount = ScheduleView.turnCounters
    let places = (ScheduleView.classesOffset + numbers.count * 2 + 3) & ~3
    var builder = ArenaBuilder(capacity: schedules.reduce(places + 8) { $0 + 4 + $1.arena.view.count })
    builder.append(zeros: 4)
    builder.append(uint32: UInt32(numbers.count))
    builder.append(uint32: UInt32(ScheduleView.Picking.byClass.rawValue).littleEndian)
    builder.append(uint32: UInt32(places))
    for number in numbers { builder.append(uint16: UInt16(number)) }
    builder.append(zeros: places - builder.count + schedules.count * 4)
    for (index, schedule) in schedules.enumerated() {
      builder.store(uint32: UInt32(builder.count), at: places + index * 4)
      builder.append(schedule.arena.view)
    }
    builder.store(uint32: UInt32(builder.count), at: 0)
    arena = builder.finish()
  }
}

/// Encodes the answers of a pool.
private struct SiteEncoder {
  private enum Members {
    /// The data of their records.
    case addresses([[UInt8]])
    case targets([RRsetEncoder])
  }

  private let members: Members
  private let type: RRType
  private let ttl: UInt32

  init(_ members: EncodedSchedule.Members, at site: PoolSite, apex: DomainName, ttl: UInt32) {
    type = site.type
    self.ttl = ttl
    switch members {
    case .addresses(let addresses):
      self.members = .addresses(addresses.map { $0.octets(for: site.type) })
    case .targets(let targets):
      self.members = .targets(
        targets.map { target in
          var encoder = RRsetEncoder(owner: site.owner, apex: apex)
          encoder.append(type: .cname, ttl: ttl, rdata: target.octets[...])
          return encoder
        })
    }
  }

  /// Octets of an answer's RRset.
  func size(of answer: [Int]) -> Int {
    switch members {
    case .addresses: ArenaBuilder.size(ofAddresses: answer.count, type)
    case .targets(let targets): ArenaBuilder.size(of: targets[answer[0]])
    }
  }

  func append(_ answer: [Int], to builder: inout ArenaBuilder) {
    switch members {
    case .addresses(let addresses):
      // A policy's order is not turned once more.
      builder.beginAddresses(type, count: answer.count, rotation: nil)
      for member in answer {
        let rdata = addresses[member]
        builder.appendAddress(type, ttl: ttl, rdata: rdata.span.octets)
      }
    case .targets(let targets):
      builder.append(targets[answer[0]], type: .cname, recordCount: 1)
    }
  }
}
