public import Health

/// What a prober has done since it was started.
public struct ProbeCounters: Equatable, Sendable {
  /// Probes begun, and ended with a result.
  public internal(set) var started: UInt64 = 0
  public internal(set) var finished: UInt64 = 0
  /// Probes that began more than 1.1 intervals after the target's last one.
  public internal(set) var late: UInt64 = 0
  /// Probes that had to wait until fewer others were running.
  public internal(set) var waited: UInt64 = 0
  /// Probes that were ended though more time than they may have in addition had been lost to them.
  public internal(set) var abandoned: UInt64 = 0
  /// Targets, and probes that run.
  public internal(set) var targets = 0
  public internal(set) var running = 0
  private var results = ReasonCounts()

  /// How many probes ended for a reason.
  public internal(set) subscript(kind: Reason.Kind) -> UInt64 {
    get { results[kind] }
    set { results[kind] = newValue }
  }

  public init() {}
}
