internal import Answering
internal import DNSWire
internal import Glibc
internal import Steering
internal import Zones

extension ControlLoop {
  /// Replies to what only wants to know. What takes long is worked out when the reply is written, not here.
  func answer(_ request: ControlRequest, _ reply: @escaping Reply) {
    switch request {
    case .status(let name):
      let (report, table) = (status, table)
      reply {
        Self.reply { () throws(PoolFailure) in
          var report = report
          report.pools =
            try name.map { (name) throws(PoolFailure) in try table.pools(of: name) } ?? table.pools
          return report.json
        }
      }
    case .explain(let question):
      let table = table
      reply { Self.reply { () throws(PoolFailure) in .success(try table.explain(question)) } }
    case .reload: break
    }
  }

  private static func reply(_ body: () throws(PoolFailure) -> JSON) -> JSON {
    do throws(PoolFailure) {
      return try body()
    } catch {
      return .failure(LogLine.escaped(error.lines.joined(separator: "; ")))
    }
  }

  /// The server's own, without pools.
  private var status: ServerStatus {
    ServerStatus(
      version: Version.text, process: Int(getpid()), time: Int(System.wallClock / 1_000_000_000),
      uptime: uptimeSeconds, zones: table.count, records: table.recordCount,
      brokenZones: table.broken.map { "\($0)" }, isLoading: requests.isRunning, isolatedSince: nil, pools: [])
  }
}

extension ZoneTable {
  fileprivate var pools: [PoolStatus] { live.flatMap { zone in zone.pools(zone.steered.pools.indices) } }

  /// Of a zone, or of a name that a policy steers.
  fileprivate func pools(of name: DomainName) throws(PoolFailure) -> [PoolStatus] {
    let zone = try zone(of: name)
    guard zone.compiled.apex != name.lowercased else { return zone.pools(zone.steered.pools.indices) }
    switch NameStanding(of: name, nil, in: zone.compiled) {
    case .steered(let numbers): return zone.pools(numbers)
    case .unsteered(let sentences): throw PoolFailure(lines: sentences)
    case .absent(let reason): throw PoolFailure(reason)
    }
  }

  /// The members of the reply.
  fileprivate func explain(_ question: LiveQuestion) throws(PoolFailure) -> [(String, JSON)] {
    let zone = try zone(of: question.name)
    switch NameStanding(of: question.name, question.type, in: zone.compiled) {
    case .absent(let reason): throw PoolFailure(reason)
    case .unsteered(let sentences):
      let texts = JSON.array(sentences.map { .string($0) })
      return [("unsteered", texts), ("text", texts)]
    case .steered(let numbers):
      let explanations = numbers.map { number in
        let pool = zone.steered.pools[number]
        return Explanation(of: pool, for: question.name, zone.inputs(of: pool), from: question.client)
      }
      let lines = explanations.map(\.lines).joined(separator: [""])
      return [("pools", .array(explanations.map(\.json))), ("text", .array(lines.map { .string($0) }))]
    }
  }

  private func zone(of name: DomainName) throws(PoolFailure) -> LiveZone {
    switch place(of: name) {
    case .zone(let zone): return zone
    case .broken(let apex): throw PoolFailure("zone \(apex) has errors, so it answers SERVFAIL")
    case .nowhere: throw PoolFailure("\(name) is in no zone that is served")
    }
  }
}

extension LiveZone {
  /// What is known of the members of a pool.
  fileprivate func inputs(of pool: Pool) -> [MemberInput] { pool.members.map { _ in MemberInput() } }

  fileprivate func pools(_ numbers: some Sequence<Int>) -> [PoolStatus] {
    numbers.map { number in
      let pool = steered.pools[number]
      return PoolStatus(
        pool, zone: compiled.apex, inputs(of: pool), answers: servable.answersGiven(pool: number))
    }
  }
}
