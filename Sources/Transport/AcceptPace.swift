/// Says when connections come so fast that it is worth resting before looking for more.
///
/// A thread that waits for each connection, for its query and for its end is woken for each of them, which costs the
/// kernel, on the core where packets arrive, more than it takes to answer. After a rest there are several of each at
/// once. Whoever comes less often than that never meets a rest.
struct AcceptPace {
  /// How long a rest is at least, and how fast connections come that call for one: one in less than this. Microseconds.
  static var rest: Int32 { 50 }

  /// When connections were last accepted, in nanoseconds.
  private var last: Int64

  init(now: Int64) { last = now }

  /// Whether to rest, after a turn in which connections were accepted.
  ///
  /// - Parameters:
  ///   - accepted: how many, at least 1.
  ///   - now: nanoseconds.
  @_noAllocation @_noLocks
  mutating func callsForRest(accepted: Int, at now: Int64) -> Bool {
    let passed = now &- last
    last = now
    return passed < Int64(Self.rest) &* 1000 &* Int64(truncatingIfNeeded: accepted)
  }
}
