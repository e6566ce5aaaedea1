/// Says when connections come so fast that it is worth resting before looking for more.
///
/// A thread that waits for each connection, for its query and for its end is woken for each of them, which costs the
/// kernel, on the core where packets arrive, more than it takes to answer. After a rest there are several of each at
/// once. Some that come together, after a while without any, are no reason to rest.
struct AcceptPace {
  /// How long a rest is. Connections call for one when they come faster than one in that time. Microseconds.
  static var rest: Int32 { 50 }
  private static var interval: Int64 { Int64(rest) &* 1000 }
  /// How far connections can be ahead of that pace without a rest: eight of them.
  private static var allowance: Int64 { 8 &* interval }
  /// How far ahead they count as being at most, so that rests soon end when they no longer come.
  private static var limit: Int64 { 2 &* allowance }

  /// When connections were last accepted. Nanoseconds.
  private var last: Int64
  /// How far connections are ahead of the pace: how long none would have to come for it to be kept. Nanoseconds.
  private var ahead: Int64 = 0

  init(now: Int64) { last = now }

  /// Whether to rest, after a turn in which connections were accepted.
  ///
  /// - Parameters:
  ///   - accepted: how many, at least 1.
  ///   - now: nanoseconds.
  @_noAllocation @_noLocks
  mutating func callsForRest(accepted: Int, at now: Int64) -> Bool {
    let kept = ahead &- (now &- last)
    let sum = (kept > 0 ? kept : 0) &+ Self.interval &* Int64(truncatingIfNeeded: accepted)
    ahead = sum < Self.limit ? sum : Self.limit
    last = now
    return ahead > Self.allowance
  }
}
