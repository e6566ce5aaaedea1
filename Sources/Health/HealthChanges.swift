/// What became different since it was last asked for.
public struct HealthChanges: Sendable {
  /// Each target at most once.
  public var targets: [HealthChange] = []
  /// In the order in which they happened.
  public var events: [HealthEvent] = []
  /// Events that were not kept, as nobody asked for too long.
  public var lostEvents = 0

  public init() {}

  public var isEmpty: Bool { targets.isEmpty && events.isEmpty && lostEvents == 0 }

  /// Events kept at most.
  static let eventLimit = 4096

  mutating func add(_ event: HealthEvent) {
    if events.count < Self.eventLimit { events.append(event) } else { lostEvents += 1 }
  }
}
