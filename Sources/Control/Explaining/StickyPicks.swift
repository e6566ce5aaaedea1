internal import Answering
internal import DNSWire
internal import Steering
internal import Zones

/// Which member a client sticks to: the data plane is asked, over the zone with its members numbered.
struct StickyPicks: ~Copyable {
  private let query: [UInt8]
  private let publisher: SnapshotPublisher
  private var answerer: Answerer

  init(_ explanation: Explanation, for subject: PoolSubject) {
    let pool = explanation.pool
    let schedule = explanation.choice.schedule
    var schedules = subject.zone.schedules(subject.input)
    schedules[explanation.number] = EncodedSchedule(
      Self.numbers(for: pool), at: pool.site, apex: subject.zone.compiled.apex, ttl: 0,
      picking: schedule.order == .hash(.name) ? .nameHash : .clientHash, answers: schedule.answers,
      turns: schedule.turns)
    let zone = ServableZone(subject.zone.compiled, schedules: schedules, workers: 1)
    publisher = SnapshotPublisher(Snapshot(zones: [.loaded(zone)], settings: AnswerSettings()), workers: 1)
    answerer = Answerer(publisher, worker: 0)
    let type = pool.site.type.rawValue
    query =
      [0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0] + subject.name.octets
      + [UInt8(truncatingIfNeeded: type >> 8), UInt8(truncatingIfNeeded: type), 0, 1]
  }

  /// The member that comes first in the client's answer; nil: NODATA.
  mutating func first(for client: IPAddress) -> Int? {
    let query = query
    answerer.beginBatch()
    defer { answerer.endBatch() }
    var response = [UInt8](repeating: 0, count: 4096)
    var span = response.mutableSpan
    var octets = unsafe span.mutableBytes
    let length = answerer.answer(query.span.octets, from: client, over: .udp, into: &octets)
    guard length > query.count + 12, response[6] > 0 || response[7] > 0 else { return nil }
    // The first record: a pointer to the owner, then type, class, TTL and length.
    let start = query.count + 12
    let isAlias = response[query.count + 3] == UInt8(RRType.cname.rawValue)
    if isAlias {
      return response[(start + 1)...].prefix(Int(response[start])).reduce(0) { $0 * 10 + Int($1) - 0x30 }
    }
    let end = start + Int(response[start - 1])
    return response[(end - 4)..<end].reduce(0) { $0 << 8 | Int($1) }
  }

  /// In place of each member its number, as an address or a name.
  private static func numbers(for pool: Pool) -> EncodedSchedule.Members {
    let numbers = pool.members.indices
    switch pool.site.type {
    case .a: return .addresses(numbers.map { IPAddress(v4: UInt32($0)) })
    case .aaaa: return .addresses(numbers.map { IPAddress(v6High: 1 << 63, low: UInt64($0)) })
    default:
      return .targets(
        numbers.map { number in
          let digits = Array("\(number)".utf8)
          return DomainName(wellFormed: [UInt8(digits.count)] + digits + [0])
        })
    }
  }
}
