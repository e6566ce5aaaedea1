internal import DNSWire
internal import Health
internal import Logging
internal import Probing
internal import Steering
internal import Zones

extension ControlLoop {
  /// Puts an order in force.
  mutating func obey(_ order: MemberOrder) async -> Result<OrderReport, PoolFailure> {
    let override = order.override(at: Clocks.now.wall)
    let isKept: Bool
    do {
      isKept = try await obey(override)
    } catch {
      return .failure(PoolFailure("\(error)"))
    }
    let status = OrderStatus(override)
    var fields: Logger.Metadata = ["member": "\(order.scope)", "order": "\(override.order.text)"]
    if let duration = order.duration { fields["for"] = "\(duration.written)" }
    if !order.reason.isEmpty { fields["reason"] = "\(override.reason)" }
    if !order.author.isEmpty { fields["author"] = "\(override.author)" }
    logger.notice("order", metadata: fields)
    recent.add("order", "\(status.order) \(order.scope)", details: status.json)
    return .success(
      OrderReport(
        verb: status.verb, time: status.since, until: status.until, isKept: isKept,
        members: report(on: order.scope)))
  }

  /// Takes back what was ordered of exactly that scope.
  mutating func takeBackOrders(of scope: Override.Scope) async -> Result<OrderReport, PoolFailure> {
    let (orders, isKept) = await takeBack(scope)
    guard !orders.isEmpty else {
      let others = monitor.orders.filter { $0.scope.member == scope.member }.map(\.scope.description)
      let hint = others.isEmpty ? "" : "; there are orders of \(Set(others).sorted().listed)"
      return .failure(PoolFailure("nothing is ordered of \(scope)\(hint)"))
    }
    logger.notice(
      "order taken back",
      metadata: ["member": "\(scope)", "order": "\(orders.map(\.order.text).joined(separator: ","))"])
    recent.add("order-ended", "auto \(scope)", details: .object([("member", .string("\(scope)"))]))
    let time = Clocks.now.wall.seconds
    return .success(
      OrderReport(verb: "auto", time: time, until: nil, isKept: isKept, members: report(on: scope)))
  }

  /// How a member is answered by now in the pools that an order is about.
  private func report(on scope: Override.Scope) -> [OrderReport.Member] {
    let clocks = Clocks.now
    return keeper.pools.with(scope).compactMap { index in
      let live = keeper.pools.pools[index]
      let places = live.pool.members.indices
      guard let place = places.first(where: { live.pool.members[$0].identity.canonical == scope.member })
      else { return nil }
      return OrderReport.Member(
        name: "\(live.pool.site.owner)", type: live.pool.site.type.mnemonic,
        member: live.pool.members[place].identity.text, share: live.share(of: place),
        isAnswered: live.answers(place),
        fallback: live.fallback,
        // Rounded up: by then they really do not hold it any more.
        cachedUntil: live.cachedUntil(place, at: clocks.moment).map { clocks.seconds(of: $0) + 1 })
    }
  }

  /// Takes in what a member reports of itself.
  func take(_ beat: Beat) -> Result<BeatReport, PoolFailure> {
    let pools = keeper.pools.with(beat.scope).map { keeper.pools.pools[$0] }
    let checks = monitor.apply(beat, to: pools, at: .now)
    guard !checks.isEmpty else {
      return .failure(PoolFailure("no check of type heartbeat listens to \(beat.scope)"))
    }
    return .success(
      BeatReport(
        checks: checks.map {
          BeatReport.Check(name: $0.name, lease: ($0.interval * $0.fall) / .seconds(1))
        }))
  }
}
