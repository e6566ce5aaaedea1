public import DNSWire

/// A pool's schedule, or its schedules by classes of clients, with the answers encoded: immutable, in one flat arena.
public final class EncodedSchedule: Sendable {
  /// What the members of a pool answer.
  public enum Members: Sendable {
    case addresses([IPAddress])
    /// Targets of CNAMEs.
    case targets([DomainName])

    /// Kinds of queries that have turns of their own, `ScheduleView.turnKinds`.
    var turnKinds: Int { if case .targets = self { ScheduleView.turnKinds } else { 1 } }

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
  ///   - members: at most 65,536.
  ///   - site: where the pool is, in the zone of `apex`.
  ///   - ttl: of the answers, in seconds; of NODATA, for how long it may be kept at most.
  ///   - answers: lists of members, none empty, the first foremost; at most 65,536. One target at most is answered.
  ///   - turns: numbers of answers. Empty: NODATA.
  public init(
    _ members: Members, at site: PoolSite, apex: DomainName, ttl: UInt32, picking: ScheduleView.Picking,
    answers: [[Int]], turns: [UInt32]
  ) {
    memberCount = members.count
    counterCount = members.turnKinds
    let encoder = AnswerEncoder(members, at: site, apex: apex, ttl: ttl)
    let rrsetSize = answers.lazy.map { encoder.size(of: $0) }.max() ?? 0
    let turnSize = answers.count <= 256 ? 1 : 2
    let memberSize = members.count <= 256 ? 1 : 2
    let turnsOffset = ScheduleView.membersOffset + answers.count * memberSize
    let tables = turnsOffset + turns.count * turnSize
    let rrsetsOffset = (tables + 31) & ~31
    let size = rrsetsOffset + answers.count * rrsetSize
    var builder = ArenaBuilder(alignedCapacity: size)
    builder.append(uint32: UInt32(size))
    builder.append(uint32: UInt32(turns.count))
    builder.append(octet: picking.rawValue)
    builder.append(octet: UInt8(turnSize))
    builder.append(uint16: UInt16(rrsetSize))
    builder.append(uint32: UInt32(rrsetsOffset))
    builder.append(uint32: ttl)
    builder.append(octet: UInt8(memberSize))
    builder.append(zeros: 3)
    builder.append(uint32: UInt32(turnsOffset))
    for answer in answers { builder.append(number: answer[0], size: memberSize) }
    if turnSize == 1 {
      builder.append(turns.map { UInt8($0) })
    } else {
      builder.append(turns.map { UInt16($0) })
    }
    builder.append(zeros: rrsetsOffset - tables)
    for answer in answers {
      let end = builder.count + rrsetSize
      encoder.append(answer, to: &builder)
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
    counterCount = ScheduleView.turnCounters * (schedules.first?.counterCount ?? 1)
    let places = (ScheduleView.classesOffset + numbers.count * 2 + 3) & ~3
    let first = places + schedules.count * 4
    var builder = ArenaBuilder(
      alignedCapacity: schedules.reduce(first) { ArenaBuilder.aligned($0) + $1.arena.view.count })
    builder.append(zeros: 4)
    builder.append(uint32: UInt32(numbers.count))
    builder.append(uint32: UInt32(ScheduleView.Picking.byClass.rawValue).littleEndian)
    builder.append(uint32: UInt32(places))
    for number in numbers { builder.append(uint16: UInt16(number)) }
    builder.append(zeros: first - builder.count)
    for (index, schedule) in schedules.enumerated() {
      builder.append(zeros: ArenaBuilder.aligned(builder.count) - builder.count)
      builder.store(uint32: UInt32(builder.count), at: places + index * 4)
      builder.append(schedule.arena.view)
    }
    builder.store(uint32: UInt32(builder.count), at: 0)
    arena = builder.finish()
  }
}

extension ArenaBuilder {
  /// - Parameter size: 1 or 2 octets.
  fileprivate mutating func append(number: Int, size: Int) {
    if size == 1 { append(octet: UInt8(number)) } else { append(uint16: UInt16(number)) }
  }
}
