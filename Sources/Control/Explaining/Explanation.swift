internal import DNSWire
internal import Steering
internal import Zones

/// What a pool answers to a query, and how its policy comes to that.
///
/// It follows from the pool, what is known of its members, and the client alone, wherever these come from: the command
/// line or a running server.
struct Explanation {
  let pool: Pool
  /// The query's name: the pool's owner, or one that its wildcard stands for.
  let name: DomainName
  let facts: PoolFacts
  /// Where the client is.
  let client: ClientClass
  /// Where the query comes from; nil: it is not asked for a certain client.
  let network: ClientNetwork?
  /// How the zone sees that client; nil: it does not matter, or something else is supposed.
  let sighting: ClientSighting?
  let choice: Choice

  /// - Parameter client: what is supposed of the client; nil: what the zone knows of it.
  init(
    of pool: Pool, in zone: SteeredZone, for name: DomainName, _ facts: PoolFacts,
    client: ClientClass? = nil, from network: ClientNetwork? = nil
  ) {
    self.pool = pool
    self.name = name
    self.facts = facts
    self.network = network
    let isSeen = client == nil && pool.policy.asksForClient
    sighting = isSeen ? network.flatMap { zone.classes?.sighting(of: $0.address) } : nil
    self.client = client ?? network.map { zone.client($0.address, of: pool) } ?? pool.clients.groups[0]
    choice = pool.chooser.choose(facts.inputs, client: self.client, last: facts.last)
  }

  var title: String { "\(name) \(pool.site.type.mnemonic)" }

  /// The name of the policy's records.
  var policyName: String { "_lb.\(pool.policy.owner)" }

  /// Parallel to the pool's members.
  var inputs: [MemberInput] { facts.inputs }

  /// The TTL of answers, in seconds: what it is, or where nobody looks at the members, what it may be.
  var timeToLive: ClosedRange<UInt32> {
    guard case .known(let horizon) = facts.horizon else {
      let bounds = pool.policy.timeToLive(ofRRset: pool.site.ttl)
      return pool.policy.check == nil ? bounds.upperBound...bounds.upperBound : bounds
    }
    let ttl =
      choice.schedule.turns.isEmpty
      ? pool.negativeTimeToLive(horizon: horizon) : pool.timeToLive(horizon: horizon)
    return ttl...ttl
  }

  /// At how many of the turns a member comes first.
  func share(of member: Int) -> Share {
    Share(part: choice.candidates[member].firstPlaces, whole: choice.schedule.turns.count)
  }

  /// The policy's, or what an operator has ordered in its place.
  func weight(of member: Int) -> UInt32 { inputs[member].weight ?? pool.members[member].weight }

  func text(of member: Int) -> String { pool.members[member].identity.text }

  /// What a turn answers, the first member foremost.
  func answer(at turn: Int) -> [String] {
    choice.schedule.answers[Int(choice.schedule.turns[turn])].map(text)
  }

  /// What the query gets where answers stick; nil: they do not, or there is no telling without a client.
  var stickyAnswer: [String]? {
    let turns = choice.schedule.turns.count
    guard turns > 0, case .hash(let key) = choice.schedule.order else { return nil }
    guard key == .client else {
      var turn = StickyTurn()
      return answer(at: turn.of(name, among: turns))
    }
    return network.map { answer(at: StickyTurn.of($0.address, among: turns)) }
  }

  /// The members that a step dropped, and why.
  func dropped(by step: Int) -> [(member: Int, reason: String)] {
    choice.candidates.indices.compactMap { member in
      guard case .dropped(step, let reason) = choice.candidates[member].fate else { return nil }
      let order = orders(on: member).first { reason.follows(from: $0) }
      return (member, reason.sentence + (order.map { " by order (\($0.verb))" } ?? ""))
    }
  }

  /// What operators have ordered of a member.
  func orders(on member: Int) -> [OrderStatus] { facts.orders.isEmpty ? [] : facts.orders[member] }

  /// The members whose weight a step changed, and by what it was multiplied.
  func weighed(by step: Int) -> [(member: Int, factor: Double)] {
    choice.steps[step].factors.enumerated().compactMap { $1 == 1 ? nil : ($0, $1) }
  }

  /// What is to be said of a step that its numbers do not tell; nil: nothing.
  func note(on step: Int) -> String? {
    let taken = choice.steps[step]
    let cause: String? =
      switch taken.stage {
      case .nearest where client.nearest.isEmpty: "nothing is known of where the client is"
      case .fence where client.owner == nil: "no location owns the client's network"
      case .tier where taken.isBelowPanic: "no tier reaches panic=\(pool.policy.panic.text)"
      default: taken.factors.isEmpty || !weighed(by: step).isEmpty ? nil : "all weigh alike"
      }
    let outcome: String? =
      switch (taken.fallback, pool.policy.fail) {
      case (nil, _): nil
      case (.closed?, _): "none is left, and fail=closed keeps it so"
      case (.last?, _): "none is left, so fail=last takes those answered last"
      case (.open?, .last): "none is left, and fail=last takes all, as it knows no last answer"
      case (.open?, _): "none is left, so fail=open takes all"
      }
    let parts = [cause, outcome].compactMap(\.self)
    return parts.isEmpty ? nil : parts.joined(separator: "; ")
  }

  /// Members that are down and answered all the same, though no stage had to.
  var overlookedMembers: [Int] {
    choice.isFallback ? [] : choice.answered.filter { inputs[$0].state == .down }
  }
}

extension Choice.Reason {
  /// Whether an order alone is reason enough.
  fileprivate func follows(from order: OrderStatus) -> Bool {
    switch self {
    case .down: order.verb == "down"
    case .noWeight: order.verb == "drain" || order.weight == 0
    default: false
    }
  }

  /// Why the member went.
  var sentence: String {
    switch self {
    case .down: "it is down"
    case .tierTooWeak(let tier): "too little of tier \(tier) is alive"
    case .tierNotReached(let tier): "tier \(tier) is not needed"
    case .tooFar(let rank?): "its location is number \(rank) in the client's order"
    case .tooFar(nil): "its distance is not known"
    case .outsideFence: "its location does not own the client's network"
    case .noWeight: "its weight is 0"
    case .noTurn: "its weight is too small for a turn"
    }
  }
}
