internal import Answering
internal import DNSWire
internal import Health
internal import Steering
internal import Zones

/// All that questions about what is served are answered from.
struct LiveView: Sendable {
  let table: ZoneTable
  let pools: LivePools
  let monitor: HealthMonitor

  /// Of all pools.
  var statuses: [PoolStatus] { table.live.flatMap { zone in statuses(in: zone, zone.steered.pools.indices) } }

  /// Of a zone's pools, or of a name's that a policy steers.
  func statuses(of name: DomainName) throws(PoolFailure) -> [PoolStatus] {
    let zone = try zone(of: name)
    guard zone.compiled.apex != name.lowercased else { return statuses(in: zone, zone.steered.pools.indices) }
    switch NameStanding(of: name, nil, in: zone.compiled) {
    case .steered(let numbers): return statuses(in: zone, numbers)
    case .unsteered(let sentences): throw PoolFailure(lines: sentences)
    case .absent(let reason): throw PoolFailure(reason)
    }
  }

  private func statuses(in zone: LiveZone, _ numbers: some Sequence<Int>) -> [PoolStatus] {
    let clocks = Clocks.now
    let pools = pools.pools(in: zone)
    return numbers.map { number in
      let pool = pools[pools.startIndex + number]
      return PoolStatus(
        pool, monitor.knowledge(of: pool.pool, targets: pool.targets),
        answers: zone.servable.answersGiven(pool: number), by: clocks)
    }
  }

  /// The members of the reply.
  func explain(_ question: LiveQuestion) throws(PoolFailure) -> [(String, JSON)] {
    let zone = try zone(of: question.name)
    switch NameStanding(of: question.name, question.type, in: zone.compiled) {
    case .absent(let reason): throw PoolFailure(reason)
    case .unsteered(let sentences):
      let texts = JSON.array(sentences.map { .string($0) })
      return [("unsteered", texts), ("text", texts)]
    case .steered(let numbers):
      let explanations = numbers.map { number in
        Explanation(
          of: zone.steered.pools[number], in: zone.steered, for: question.name,
          monitor.facts(of: number, in: zone), from: question.client)
      }
      let lines = explanations.map(\.lines).joined(separator: [""])
      return [("pools", .array(explanations.map(\.json))), ("text", .array(lines.map { .string($0) }))]
    }
  }

  func zone(of name: DomainName) throws(PoolFailure) -> LiveZone {
    switch table.place(of: name) {
    case .zone(let zone): return zone
    case .broken(let apex): throw PoolFailure("zone \(apex) has errors, so it answers SERVFAIL")
    case .nowhere: throw PoolFailure("\(name) is in no zone that is served")
    }
  }
}
