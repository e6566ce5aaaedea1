internal import DNSWire
internal import Steering
internal import Zones

/// What a pool's policy comes to, and how.
struct Explanation {
  let pool: Pool
  /// The pool's number in its zone.
  let number: Int
  let name: DomainName
  let inputs: [MemberInput]
  let choice: Choice

  init(of pool: Pool, number: Int, for subject: PoolSubject) {
    self.pool = pool
    self.number = number
    name = subject.name
    inputs = pool.members.map(subject.input)
    choice = pool.chooser.choose(inputs, client: .unknown)
  }

  var title: String { "\(name) \(pool.site.type.mnemonic)" }

  /// The stages, as `steer=` has them.
  var chain: String { choice.steps.map(\.stage.description).joined(separator: ",") }

  /// The TTL answered.
  var timeToLive: UInt32 { pool.policy.timeToLive(ofRRset: pool.site.ttl).upperBound }

  /// At how many of the turns a member comes first.
  func share(of member: Int) -> Share {
    Share(part: choice.candidates[member].firstPlaces, whole: choice.schedule.turns.count)
  }

  func text(of member: Int) -> String {
    switch pool.members[member].identity {
    case .address(let address): "\(address)"
    case .target(let name): "\(name)"
    }
  }

  /// What a turn answers, the first member foremost.
  func answer(at turn: Int) -> [String] {
    choice.schedule.answers[Int(choice.schedule.turns[turn])].map(text)
  }

  /// What a step did to the members, one by one.
  func effects(of step: Int) -> [String] {
    let dropped = choice.candidates.indices.compactMap { member -> String? in
      guard case .dropped(step, let reason) = choice.candidates[member].fate else { return nil }
      return "drops \(text(of: member)): \(reason.sentence)"
    }
    let weighed = choice.steps[step].factors.enumerated().compactMap { member, factor in
      factor == 1 ? nil : "weighs \(text(of: member)) by \(Self.text(of: factor))"
    }
    return dropped + weighed
  }

  /// What a step came to as a whole.
  func outcome(of step: Int) -> String {
    let taken = choice.steps[step]
    var text = "leaves \(taken.left)"
    if let tier = taken.keptTier { text += ", tier \(tier)" }
    if let fallback = taken.fallback { text += " (none would be left: fail=\(fallback.rawValue))" }
    return text
  }

  /// Up to three decimals; none where there is nothing behind the point.
  static func text(of number: Double) -> String {
    let thousandths = Int((number * 1000).rounded())
    guard thousandths % 1000 != 0 else { return "\(thousandths / 1000)" }
    var decimals = String(String(1000 + thousandths % 1000).dropFirst())
    while decimals.last == "0" { decimals.removeLast() }
    return "\(thousandths / 1000).\(decimals)"
  }
}

extension Choice.Reason {
  /// Why the member went.
  var sentence: String {
    switch self {
    case .down: "it is down"
    case .tierTooWeak(let tier): "too little of tier \(tier) is alive"
    case .tierNotReached(let tier): "tier \(tier) is not needed"
    case .tooFar(let rank?): "its location is number \(rank) by distance"
    case .tooFar(nil): "its distance is not known"
    case .outsideFence: "its location does not own the client's network"
    case .noWeight: "its weight is 0"
    case .noTurn: "its weight is too small for a turn"
    }
  }
}
