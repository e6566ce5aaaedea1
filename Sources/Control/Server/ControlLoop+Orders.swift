internal import DNSWire
internal import Health
internal import Logging
internal import Probing
internal import Steering
internal import Zones

extension ControlLoop {
  /// Puts an order in force.
  mutating func obey(_ order: MemberOrder) async -> Result<OrderReport, PoolFailure> {
    let pools = keeper.pools.with(order.scope)
    guard !pools.isEmpty else { return .failure(.stranger(order.scope)) }
    let override = order.override(at: Clocks.now.wall)
    let before = pools.map { keeper.pools.pools[$0] }
    do {
      try await obey(override)
    } catch {
      return .failure(PoolFailure("\(error)"))
    }
    let status = OrderStatus(override)
    var fields: Logger.Metadata = ["member": "\(order.scope)", "order": "\(override.order.text)"]
    if let duration = order.duration { fields["for"] = "\(duration.written)" }
    if !order.reason.isEmpty { fields["reason"] = "\(override.reason)" }
    if !order.author.isEmpty { fields["author"] = "\(override.author)" }
    logger.notice("order", metadata: fields)
    return .success(
      OrderReport(
        verb: status.verb, time: status.since, until: status.until,
        members: report(on: pools, since: before, order.scope.member, at: status.since)))
  }

  /// Takes back what was ordered of exactly that scope.
  mutating func takeBackOrders(of scope: Override.Scope) async -> Result<OrderReport, PoolFailure> {
    let orders = await takeBack(scope)
    guard !orders.isEmpty else {
      let others = monitor.orders.filter { $0.scope.member == scope.member }.map(\.scope.description)
      let hint = others.isEmpty ? "" : "; there are orders of \(Set(others).sorted().listed)"
      return .failure(PoolFailure("nothing is ordered of \(scope)\(hint)"))
    }
    logger.notice(
      "order taken back",
      metadata: ["member": "\(scope)", "order": "\(orders.map(\.order.text).joined(separator: ","))"])
    let time = Clocks.now.wall.seconds
    let pools = keeper.pools.with(scope)
    let members = report(on: pools, since: pools.map { keeper.pools.pools[$0] }, scope.member, at: time)
    return .success(OrderReport(verb: "auto", time: time, until: nil, members: members))
  }

  /// How a member is answered in pools by now.
  ///
  /// - Parameters:
  ///   - before: the same pools as they were answered before.
  ///   - time: in seconds since 1970.
  private func report(
    on pools: [Int], since before: [LivePool], _ member: Member.Identity, at time: Int
  ) -> [OrderReport.Member] {
    zip(pools, before).compactMap { index, before in
      let live = keeper.pools.pools[index]
      guard let place = live.pool.members.firstIndex(where: { $0.identity.canonical == member }) else {
        return nil
      }
      let isLeft = before.answers(place) && !live.answers(place)
      return OrderReport.Member(
        name: "\(live.pool.site.owner)", type: live.pool.site.type.mnemonic,
        member: live.pool.members[place].identity.text, share: live.share(of: place),
        cachedUntil: isLeft ? time + Int(longestTimeToLive(of: before)) : nil)
    }
  }

  /// For how long caches may hold what a pool answered before, in seconds: with members in doubt less is answered than
  /// with members at rest.
  private func longestTimeToLive(of live: LivePool) -> UInt32 {
    guard let check = monitor.check(of: live) else { return live.answer.ttl }
    let horizon = check.interval * max(check.rise, check.fall)
    return max(live.answer.ttl, live.pool.timeToLive(horizon: horizon))
  }

  /// Takes in what a member reports of itself.
  func take(_ beat: Beat) -> Result<BeatReport, PoolFailure> {
    let pools = keeper.pools.with(beat.scope)
    guard !pools.isEmpty else { return .failure(.stranger(beat.scope)) }
    let checks = monitor.apply(beat, to: pools.map { keeper.pools.pools[$0] }, at: .now)
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

extension PoolFailure {
  /// An order or a report of a member that there is not.
  fileprivate static func stranger(_ scope: Override.Scope) -> PoolFailure {
    PoolFailure(
      scope.owner.map { "\(scope.member.text) is no member of a policy of \($0)" }
        ?? "\(scope.member.text) is no member of a policy that is served")
  }
}
