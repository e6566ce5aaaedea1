internal import Answering
internal import DNSWire
internal import Probing
internal import Steering
internal import Transport
internal import Zones

extension Observation {
  /// The reply to all requests but for streams.
  func json(_ request: APIRequest, _ recent: RecentEvents) throws(PoolFailure) -> JSON {
    switch request {
    case .server: return server
    case .zones(let selection): return zones(selection)
    case .pools(let selection):
      let selected = try view.pools(selection)
      return .object([
        ("total", .number(selected.total)), ("problems", .number(selected.problems)),
        ("pools", .array(selected.pools.map(\.json))),
      ])
    case .events(let number, let limit):
      return .object([("events", .array(recent.events(after: number, limit: limit).map(\.json)))])
    case .locations: return .object([("locations", .array(locations))])
    case .explain(let question): return .object(try view.explain(question))
    case .stream: return .null
    }
  }

  /// The server's own.
  var server: JSON {
    guard case .object(let members) = status.json.without("ok").without("pools") else { return .null }
    return .object(
      members + [
        ("ready", .boolean(isReady)), ("pools", .number(view.pools.pools.count)),
        ("problems", .number(view.pools.pools.count(where: \.hasProblem))),
        ("memory", JSON(System.usage?.residentMemory)), ("queries", queries),
        ("responses", responses), ("truncated", .number(Int(clamping: totals.truncated))),
        ("tcp-connections", .number(answering?.dataPlane.connectionCount ?? 0)),
        ("probes-late", .number(Int(clamping: probes.late))),
      ])
  }

  private var totals: AnswerTotals { answering?.publisher.totals() ?? AnswerTotals() }

  private var queries: JSON {
    let workers = answering?.dataPlane.counters() ?? []
    let counts = [("udp", TransportKind.udp), ("tcp", .tcp)].flatMap { name, transport in
      [("ipv4", IPAddress.Family.v4), ("ipv6", .v6)].map { familyName, family in
        let count = workers.reduce(0) { $1.transport == transport ? $0 + $1.queries(over: family) : $0 }
        return ("\(name)-\(familyName)", JSON.number(Int(clamping: count)))
      }
    }
    return .object(counts)
  }

  private var responses: JSON {
    .object(totals.responses.map { ($0.rcode.name, .number(Int(clamping: $0.count))) })
  }

  private func zones(_ selection: APIRequest.Selection) -> JSON {
    let all = zones(fitting: selection.filter)
    let totals = answering?.publisher.zoneTotals() ?? [:]
    return .object([
      ("total", .number(all.count)),
      (
        "zones",
        .array(all.dropFirst(selection.offset).prefix(selection.limit).map { json(of: $0, totals) })
      ),
    ])
  }

  /// A zone that is served, or that has errors.
  enum ShownZone {
    case served(LiveZone)
    case broken(DomainName)
  }

  /// Those with errors come first.
  func zones(fitting filter: String) -> [ShownZone] {
    let zones = view.table.broken.map { ShownZone.broken($0) } + view.table.live.map { .served($0) }
    return filter.isEmpty ? zones : zones.filter { $0.name.lowercased().contains(filter) }
  }

  /// - Parameter totals: queries by zone.
  func json(of zone: ShownZone, _ totals: [DomainName: UInt64]) -> JSON {
    let queries = totals[zone.apex.lowercased].map { Int(clamping: $0) }
    guard case .served(let live) = zone else {
      return .object([("zone", .string(zone.name)), ("state", .string("broken")), ("queries", JSON(queries))])
    }
    return .object([
      ("zone", .string(zone.name)), ("state", .string("served")),
      ("serial", .number(Int(live.compiled.serial))), ("records", .number(live.compiled.recordCount)),
      ("pools", .number(live.steered.pools.count)), ("queries", JSON(queries)),
    ])
  }

  /// Locations that are told, at most.
  private static let locationLimit = 1_000

  /// The locations of all zones, with those of their members that are there.
  var locations: [JSON] {
    var locations: [JSON] = []
    for zone in view.table.live where !zone.steered.policies.locations.isEmpty {
      let pools = view.pools.pools(in: zone)
      for location in zone.steered.policies.locations where locations.count < Self.locationLimit {
        var counts: [MemberInput.State: Int] = [:]
        for pool in pools {
          for (member, input) in zip(pool.pool.members, pool.answer.inputs.members)
          where member.location == location.name { counts[input.state, default: 0] += 1 }
        }
        locations.append(
          .object([
            ("zone", .string("\(zone.compiled.apex)")), ("location", .string(location.name)),
            ("latitude", JSON(location.latitude)), ("longitude", JSON(location.longitude)),
            ("networks", .number(location.networks.count)),
            ("countries", .array(location.countries.map { .string($0) })),
            ("continents", .array(location.continents.map { .string($0) })),
            (
              "members",
              .object(
                [MemberInput.State.up, .down, .unknown].map { ($0.rawValue, .number(counts[$0] ?? 0)) })
            ),
          ]))
      }
    }
    return locations
  }
}

extension Observation.ShownZone {
  var apex: DomainName {
    switch self {
    case .served(let zone): zone.compiled.apex
    case .broken(let apex): apex
    }
  }

  var name: String { "\(apex)" }
}

extension Rcode {
  /// As people know it. A message has but half of BADVERS, which OPT completes.
  var name: String { self == .badVers ? "BADVERS" : mnemonic }
}
