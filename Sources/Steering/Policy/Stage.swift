/// A step of a policy's chain: it drops, orders or weighs what the one before left.
public enum Stage: Equatable, Sendable {
  /// What a sticky choice follows.
  public enum HashKey: String, Sendable {
    /// The client's network.
    case client
    /// The query's name.
    case name
  }

  /// Drops members that are down.
  case up
  /// Keeps the lowest tier that enough of lives.
  case tier
  /// Keeps the members of the `count` nearest locations that have one left. From 1.
  case nearest(count: Int)
  /// Keeps the members of the location that owns the client's network.
  case fence
  /// Weighs by measured response time.
  case fastest
  /// Weigh by the connections that members report.
  case leastConnections
  case weightedLeastConnections
  case shortestDelay
  case neverQueue
  /// Lowers a member's share between two marks of its load, 0...1, `low` below `high`.
  case shed(low: Double, high: Double)

  // Final orders.
  case hash(HashKey, isBounded: Bool)
  case roundRobin
  case weighted
  case random
  case weightedRandom

  /// Whether the stage ends a chain.
  public var isFinalOrder: Bool {
    switch self {
    case .hash, .roundRobin, .weighted, .random, .weightedRandom: true
    default: false
    }
  }
}
