extension Stage {
  /// Whether the stage heeds which members are up, or what is measured of them.
  var readsHealth: Bool {
    switch self {
    case .up, .tier, .nearest: true
    default: readsResponseTime || readsLoad
    }
  }

  /// Whether the stage needs measured response times.
  var readsResponseTime: Bool { self == .fastest }

  /// Whether the stage weighs members by the connections that they report.
  var readsConnections: Bool {
    switch self {
    case .leastConnections, .weightedLeastConnections, .shortestDelay, .neverQueue: true
    default: false
    }
  }

  /// Whether the stage needs the load or the connections that members report.
  var readsLoad: Bool {
    switch self {
    case .shed: true
    case .hash(_, let isBounded): isBounded
    default: readsConnections
    }
  }

  /// Whether the stage needs to know where members are.
  var readsLocation: Bool {
    switch self {
    case .nearest, .fence: true
    default: false
    }
  }

  /// Whether the stage can leave no member at all, so that the policy's `fail` decides.
  var canLeaveNone: Bool {
    switch self {
    case .up, .tier, .nearest, .fence: true
    default: false
    }
  }

  /// Whether the stage does nothing but change weights.
  var weighs: Bool { readsResponseTime || (readsLoad && !isFinalOrder) }

  /// The final order that is like this one and heeds weights.
  var weightedOrder: Stage { self == .random || self == .weightedRandom ? .weightedRandom : .weighted }

  /// Whether the final order gives members turns in proportion to their weights.
  var heedsWeights: Bool {
    switch self {
    case .roundRobin, .random: false
    default: true
    }
  }
}
