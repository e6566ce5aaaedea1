internal import Answering
internal import Health
internal import Logging
internal import Steering
internal import Zones

/// Keeps the answers of pools in step with what is known of their members.
struct PoolKeeper {
  private let monitor: HealthMonitor
  private let probe: Probe
  private let logger: Logger
  private let sink: EventSink
  private(set) var pools = LivePools()
  /// The states of before a restart, until there are targets to have them.
  private var saved: [SavedTarget]
  private let maximumAge: Duration
  /// When changes were taken last.
  private var taken: Moment?

  /// Tells the prober whom to begin and to cease probing.
  typealias Probe = (_ added: [(id: Target.ID, target: Target)], _ removed: [Target.ID]) -> Void

  /// The shortest time between two changes of answers that health brings about: a flood of flips must not keep the
  /// server busy with schedules. The first change is not held up.
  private static let rest = Duration.milliseconds(50)

  /// - Parameters:
  ///   - sink: is told of what changes.
  ///   - saved: the states of before a restart.
  ///   - maximumAge: what is older of them does not count.
  init(
    _ monitor: HealthMonitor, _ logger: Logger, sink: EventSink, saved: [SavedTarget] = [],
    maximumAge: Duration = .zero, probe: @escaping Probe
  ) {
    self.monitor = monitor
    self.saved = saved
    self.maximumAge = maximumAge
    self.probe = probe
    self.logger = logger
    self.sink = sink
  }

  /// Takes in the states of before, for targets to have once there are some.
  mutating func remember(_ targets: [SavedTarget]) { saved = targets }

  /// Takes over another generation of zones, which are about to be served.
  ///
  /// - Returns: what they have to be answered by, where it is not what they came with.
  mutating func update(to zones: [LiveZone], at moment: Moment) -> [LivePools.Replacement] {
    let (added, removed) = monitor.update(to: zones.map(\.steered), at: moment)
    if !saved.isEmpty {
      let count = monitor.restore(saved, by: .now, maximumAge: maximumAge)
      logger.notice(
        "states of before are taken up", metadata: ["members": "\(count)", "kept": "\(saved.count)"])
      saved = []
    }
    let replacements = pools.update(to: zones, monitor, at: moment)
    probe(added, removed)
    return replacements
  }

  /// How long changes have to wait to be taken; nil: they need not.
  func rest(at moment: Moment) -> Duration? {
    guard let taken else { return nil }
    let left = Self.rest - (moment - taken)
    return left > .zero ? left : nil
  }

  /// Takes what has become different: tells of it, and chooses anew for the pools that it concerns.
  ///
  /// - Returns: what these are answered by from now on, whether a state has changed, and when time alone will make a
  ///   difference.
  mutating func takeChanges(
    at moment: Moment
  ) -> (replacements: [LivePools.Replacement], isFlip: Bool, deadline: Moment?) {
    taken = moment
    monitor.advance(to: moment)
    let (changes, deadline) = monitor.takeChanges()
    for event in changes.events { sink.take(told(event)) }
    if changes.lostEvents > 0 {
      logger.warning("health changed faster than can be told", metadata: ["untold": "\(changes.lostEvents)"])
    }
    let replacements = pools.refresh(pools.affected(by: changes.targets), monitor, at: moment)
    return (replacements, !changes.events.isEmpty, deadline)
  }

  /// Chooses anew for the pools that orders are about.
  ///
  /// - Returns: what these are answered by from now on.
  mutating func heed(_ scopes: [Override.Scope], at moment: Moment) -> [LivePools.Replacement] {
    pools.refresh(Set(scopes.flatMap { pools.with($0) }), monitor, at: moment)
  }

  private func told(_ event: HealthEvent) -> StateEvent {
    let time = System.wallClock
    return switch event {
    case .flip(let flip):
      StateEvent(flip, names: pools.owners(of: flip.target).map { "\($0)" }, time: time)
    case .isolated(let count, _): StateEvent(.isolated, count, time: time)
    case .rejoined(let count, _): StateEvent(.rejoined, count, time: time)
    }
  }
}
