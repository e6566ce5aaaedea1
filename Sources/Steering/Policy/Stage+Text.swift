extension Stage: CustomStringConvertible {
  /// Everything that a stage may be called, in the order to list it in.
  static let names = [
    "up", "tier", "nearest", "fence", "fastest", "least-conn", "weighted-least-conn", "shortest-delay",
    "never-queue", "shed", "hash", "round-robin", "weighted", "random", "weighted-random",
  ]

  /// What other load balancers call the stages.
  private static let synonyms = [
    "alive": "up", "health": "up", "healthy": "up", "available": "up",
    "priority": "tier", "failover": "tier", "backup": "tier",
    "geo": "nearest", "geoip": "nearest", "topology": "nearest", "proximity": "nearest",
    "pickclosest": "nearest", "closest": "nearest", "geofence": "fence",
    "rtt": "fastest", "latency": "fastest", "least-response-time": "fastest", "least-time": "fastest",
    "lc": "least-conn", "leastconn": "least-conn", "least-connections": "least-conn",
    "wlc": "weighted-least-conn", "sed": "shortest-delay", "nq": "never-queue",
    "sh": "hash:client", "source": "hash:client", "sticky": "hash:client", "dh": "hash:name",
    "lblc": "hash:name:bounded", "lblcr": "hash:name:bounded",
    "rr": "round-robin", "roundrobin": "round-robin", "cyclic": "round-robin",
    "wrr": "weighted", "weighted-round-robin": "weighted", "fixed": "weighted", "shuffle": "random",
  ]

  /// Reads a stage as `steer=` has it, between its commas: a name, and after colons what it takes.
  ///
  /// `shed` takes two marks with `..` between them, each a percentage (`70%..90%`) or a fraction
  /// (`0.7..0.9`).
  init(text: Substring) throws(StageProblem) {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard let name = parts.first, !name.isEmpty else { throw .empty }
    let arguments = parts.dropFirst()
    switch name {
    case "nearest": self = .nearest(count: try Self.count(arguments, in: text))
    case "shed": self = try Self.shed(arguments, in: text)
    case "hash": self = try Self.hash(arguments, in: text)
    default:
      guard let stage = Self.plain(String(name)) else {
        throw .unknown(String(shown: text.utf8), suggestion: Self.suggestion(for: name))
      }
      guard arguments.isEmpty else {
        throw .takesNothing(String(name), String(shown: text.utf8))
      }
      self = stage
    }
  }

  /// The stage without what it takes.
  var name: String {
    switch self {
    case .up: "up"
    case .tier: "tier"
    case .nearest: "nearest"
    case .fence: "fence"
    case .fastest: "fastest"
    case .leastConnections: "least-conn"
    case .weightedLeastConnections: "weighted-least-conn"
    case .shortestDelay: "shortest-delay"
    case .neverQueue: "never-queue"
    case .shed: "shed"
    case .hash: "hash"
    case .roundRobin: "round-robin"
    case .weighted: "weighted"
    case .random: "random"
    case .weightedRandom: "weighted-random"
    }
  }

  /// The stage as messages call it: with what it takes only where that matters.
  var title: String { isFinalOrder ? description : name }

  /// The stage as `steer=` has it, with what it takes written out.
  public var description: String {
    switch self {
    case .nearest(let count): "nearest:\(count)"
    case .shed(let low, let high): "shed:\(low)..\(high)"
    case .hash(let key, let isBounded): "hash:\(key.rawValue)\(isBounded ? ":bounded" : "")"
    default: name
    }
  }

  /// The stage of that name, if it takes nothing.
  private static func plain(_ name: String) -> Stage? {
    let stages: [Stage] = [
      .up, .tier, .fence, .fastest, .leastConnections, .weightedLeastConnections, .shortestDelay, .neverQueue,
      .roundRobin, .weighted, .random, .weightedRandom,
    ]
    return stages.first { $0.name == name }
  }

  private static func suggestion(for name: Substring) -> String? {
    synonyms[name.lowercased()] ?? ClosestWord.to(String(name), in: names)
  }

  private static func count(_ arguments: ArraySlice<Substring>, in text: Substring) throws(StageProblem)
    -> Int
  {
    guard let argument = arguments.first else { return 1 }
    guard arguments.count == 1, let count = Decimal.integer(argument), (1...1000).contains(count) else {
      throw .nearest(String(shown: text.utf8))
    }
    return count
  }

  private static func hash(
    _ arguments: ArraySlice<Substring>, in text: Substring
  ) throws(StageProblem) -> Stage {
    guard let argument = arguments.first else { return .hash(.client, isBounded: false) }
    let bound = arguments.dropFirst()
    guard let key = HashKey(rawValue: String(argument)), bound.isEmpty || Array(bound) == ["bounded"] else {
      throw .hash(String(shown: text.utf8))
    }
    return .hash(key, isBounded: !bound.isEmpty)
  }

  private static func shed(
    _ arguments: ArraySlice<Substring>, in text: Substring
  ) throws(StageProblem) -> Stage {
    guard let argument = arguments.first else { return .shed(low: 0.7, high: 0.9) }
    guard arguments.count == 1, let marks = Decimal.bounds(argument), let low = Decimal.share(marks.lower),
      let high = Decimal.share(marks.upper)
    else { throw .shed(String(shown: text.utf8)) }
    guard low < high else { throw .shedOrder(String(shown: text.utf8)) }
    return .shed(low: low, high: high)
  }
}
