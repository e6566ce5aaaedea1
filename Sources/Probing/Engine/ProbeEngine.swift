import Health
import Steering
import Transport

/// What the prober's thread does: begins probes when they are due, moves their octets, ends them when their
/// time is up, reports.
final class ProbeEngine {
  /// What events of the mailbox are known by.
  static let mailToken = UInt64.max
  /// Probes begun, and events handled, before the others get their turn. A TLS handshake may take a millisecond.
  private static let turn = 16
  /// When the thread has not got to the probes for longer, that is not held against the members.
  private static let longestStall = Duration.milliseconds(20)
  /// How long results may be kept to be reported together.
  private static let reportInterval = Duration.milliseconds(5)
  /// What is received in one call.
  private static let receiveSize = 16_384

  let events: EventPoll
  private let mailbox: Mailbox
  private let report: Prober.Report
  let resolver: Resolver

  var schedule: ProbeSchedule
  /// By number; nil: there is none.
  private var targets: [ProbedTarget?] = []
  private var numbers: [Target.ID: Int] = [:]
  private var freeNumbers: [Int] = []
  private var contexts: [TLSVerification: TLSContext] = [:]
  var slots = ProbeSlots()
  /// By process.
  var programs: [Int32: RunningProgram] = [:]
  /// When the time of the probe in a slot is up.
  var deadlines = DeadlineQueue()
  /// When it is up even if this thread has lost time.
  var limits = DeadlineQueue()
  /// How much lost time probes may have in addition.
  let longestExcuse: Duration
  /// Turns in a row that had as many events as a turn handles, since probes were last held to their limits.
  private var fullTurns = 0
  var counters = ProbeCounters()
  var results: [(id: Target.ID, result: ProbeResult)] = []
  private var lastReport = Moment(nanoseconds: 0)
  /// What was received last.
  var received = [UInt8](repeating: 0, count: receiveSize)

  /// - Parameter epoll: of the mailbox's event; the engine closes it.
  init(
    budget: Int, longestExcuse: Duration, epoll: Int32, mailbox: Mailbox, report: @escaping Prober.Report
  ) {
    self.longestExcuse = longestExcuse
    events = EventPoll(epoll, capacity: Self.turn)
    self.mailbox = mailbox
    self.report = report
    resolver = Resolver { [mailbox] answer in mailbox.send(Mailbox.Orders(resolved: [answer])) }
    schedule = ProbeSchedule(budget: budget, seed: .random(in: .min ... .max))
  }

  deinit {
    endPrograms()
    for probe in slots.all where probe.socket >= 0 { System.close(probe.socket) }
  }

  /// Works until it is stopped.
  func run() {
    var hasMail = true
    var woken = Moment.now
    while true {
      let now = Moment.now
      excuse(now - woken)
      if hasMail, !takeMail() { return }
      hasMail = false
      beginDue(at: now)
      let milliseconds = timeToWait(from: now)
      // No other failure than an interruption is possible.
      let count = (try? events.wait(milliseconds: milliseconds)) ?? 0
      woken = .now
      if milliseconds >= 0 { excuse(woken - now - .milliseconds(milliseconds)) }
      for index in 0..<count {
        let event = events[index]
        if event.token == Self.mailToken {
          hasMail = true
        } else if let process = Self.process(of: event.token) {
          reap(process)
        } else if let probe = slots.probe(of: event.token) {
          handle(event, of: probe)
        }
      }
      // Only now that all is handled which was there at `now`: what has come in time must not count as late.
      if count < Self.turn { endOverdue(at: now) }
      fullTurns = count < Self.turn ? 0 : fullTurns + 1
      // After so many turns each probe that something was there for has had its event, however busy the thread is.
      if fullTurns * Self.turn > counters.running || fullTurns == 0 {
        endHopeless(at: now)
        fullTurns = 0
      }
      reportResults(at: .now)
    }
  }

  /// Gives the probes that run more time, when the thread has not got to them for so long.
  private func excuse(_ stall: Duration) {
    if stall > Self.longestStall { deadlines.delayAll(by: stall) }
  }

  /// In milliseconds; -1: until there is an event.
  private func timeToWait(from now: Moment) -> Int32 {
    var wake = schedule.wake
    for deadline in [deadlines.soonest, limits.soonest].compactMap(\.self) {
      wake = min(wake ?? deadline, deadline)
    }
    if !results.isEmpty {
      wake = min(wake ?? lastReport + Self.reportInterval, lastReport + Self.reportInterval)
    }
    guard let wake else { return -1 }
    // Rounded up, as nothing is due before.
    return Int32(clamping: max(0, (wake - now).wholeNanoseconds + 999_999) / 1_000_000)
  }

  private func reportResults(at now: Moment) {
    guard !results.isEmpty, now - lastReport >= Self.reportInterval else { return }
    lastReport = now
    report(results, now)
    results.removeAll(keepingCapacity: true)
    counters.late = schedule.lateCount
    counters.waited = schedule.waitCount
    mailbox.counters = counters
  }

  private func beginDue(at now: Moment) {
    for _ in 0..<Self.turn {
      guard let number = schedule.start(at: now), let target = targets[number] else { return }
      begin(target)
    }
  }

  /// Ends probes that had all the lost time that they may have.
  private func endHopeless(at now: Moment) {
    while let slot = limits.due(at: now), let probe = slots[slot] {
      counters.abandoned += 1
      expire(probe)
    }
  }

  private func endOverdue(at now: Moment) {
    while let slot = deadlines.due(at: now), let probe = slots[slot] { expire(probe) }
  }

  // MARK: Targets

  /// - Returns: false: it is to stop.
  private func takeMail() -> Bool {
    for orders in mailbox.take() {
      if orders.isStopped { return false }
      for id in orders.remove { remove(id) }
      for (id, target) in orders.add { add(target, as: id) }
      for answer in orders.resolved { heed(answer) }
    }
    return true
  }

  private func add(_ target: Target, as id: Target.ID) {
    guard let probe = PreparedProbe(target.check, of: target.subject, context: context(of:)) else { return }
    let number = freeNumbers.popLast() ?? targets.count
    if number == targets.count { targets.append(nil) }
    targets[number] = ProbedTarget(target, id: id, number: number, probe: probe)
    let previous = numbers.updateValue(number, forKey: id)
    precondition(previous == nil, "two targets with one ID")
    counters.targets += 1
    schedule.add(number, every: target.check.interval, at: .now)
  }

  private func context(of verification: TLSVerification) -> TLSContext {
    if let context = contexts[verification] { return context }
    let context = TLSContext(verification)
    contexts[verification] = context
    return context
  }

  private func remove(_ id: Target.ID) {
    guard let number = numbers.removeValue(forKey: id), let target = targets[number] else { return }
    schedule.remove(number)
    if let probe = target.running { release(probe) }
    results.removeAll { $0.id == id }
    targets[number] = nil
    freeNumbers.append(number)
    counters.targets -= 1
  }
}
