import Health
import Steering

/// Says which target is to be probed when. Pure: time is a parameter, and chance follows from the seed.
///
/// - A target's first probe begins at once, its second at a random time within the interval, from where on
///   it keeps to a beat of its own, so that the probes of many targets are spread evenly. Every beat is
///   shortened at random by up to a twentieth, never lengthened: no more than the interval lies between two
///   probes.
/// - A probe that is due within 4 ms begins along with one that is due now, as waking up costs time, too.
/// - Probes begin at most at twice the pace of all targets together, or as many in a second as there are
///   targets, or 4,000 in a second, whichever is most. So neither many new targets nor a process that was
///   stopped for a while cause a burst; what was missed is not made up for.
/// - A target's probes never overlap. One that is due while the last one runs begins when that ends.
/// - At most `budget` probes run at a time, those of targets whose last probe timed out on at most half of
///   it: the dead do not keep the living waiting. Who is due first goes first.
struct ProbeSchedule {
  private enum State {
    case idle, running
    /// Due, but waiting until fewer probes of targets that time out are running.
    case held
  }

  private struct Entry {
    /// In nanoseconds; 0: there is no target of that number.
    var interval: Int64 = 0
    /// Of a new target, when its second probe is due.
    var second: Moment?
    /// When the probe that runs, or is held, was due; and when the one was that became due meanwhile.
    var due = Moment(nanoseconds: 0)
    var overdue: Moment?
    /// When the last probe began.
    var began: Moment?
    var state = State.idle
    var isSlow = false
  }

  private let budget: Int
  private var random: Mixer
  private var entries: [Entry] = []
  private var dues = DeadlineQueue()
  /// Targets in the state `held`, and some that were; and how many have been taken from the front.
  private var held: [Int32] = []
  private var heldTaken = 0
  private var running = 0
  private var runningSlow = 0
  private var targets = 0
  /// The pace of all targets together, in probes in 1,000 s.
  private var rate: Int64 = 0
  /// Up to when probes are due that begin along with one that was.
  private var accompanied = Moment(nanoseconds: .min)
  /// When the pace lets the next probe begin.
  private var paced = Moment(nanoseconds: .min)
  /// When last a probe that was due could not begin for want of budget.
  private var denied = Moment(nanoseconds: .min)

  /// Probes that began more than 1.1 intervals after the one before.
  private(set) var lateCount: UInt64 = 0
  /// Probes that had to wait for the budget.
  private(set) var waitCount: UInt64 = 0

  /// Probes that may begin together, as a time at the pace: timers are not finer than a millisecond.
  private static let burst: Int64 = 5_000_000
  private static let company: Int64 = 4_000_000
  /// In probes in 1,000 s. Fewer need not be held back.
  private static let leastPace: Int64 = 4_000_000

  /// - Parameter budget: at least 2.
  init(budget: Int, seed: UInt64) {
    precondition(budget >= 2)
    self.budget = budget
    random = Mixer(seed: seed)
  }

  /// Takes a target on.
  ///
  /// - Parameters:
  ///   - target: a number from 0 that no other target has; small ones save memory.
  ///   - interval: above zero.
  mutating func add(_ target: Int, every interval: Duration, at now: Moment) {
    if target >= entries.count {
      entries.append(contentsOf: repeatElement(Entry(), count: target + 1 - entries.count))
    }
    precondition(entries[target].interval == 0 && interval > .zero)
    var entry = Entry()
    entry.interval = interval.wholeNanoseconds
    entry.second = now + .nanoseconds(Int64.random(in: 1...entry.interval, using: &random))
    entries[target] = entry
    targets += 1
    rate += Self.rate(of: entry.interval)
    dues.set(now, of: target)
  }

  /// Forgets a target. A probe of it that runs counts as ended.
  mutating func remove(_ target: Int) {
    let entry = entries[target]
    if entry.state == .running { countEnd(of: entry) }
    targets -= 1
    rate -= Self.rate(of: entry.interval)
    entries[target] = Entry()
    dues.set(nil, of: target)
  }

  private static func rate(of interval: Int64) -> Int64 { 1_000_000_000_000 / interval }

  /// The target whose probe is to begin now, and counts as running from here on; nil: none.
  mutating func start(at now: Moment) -> Int? {
    guard paced <= now else { return nil }
    while true {
      guard running < budget else {
        denied = now
        return nil
      }
      if runningSlow < budget / 2, let target = takeHeld() {
        begin(target, at: now)
        return target
      }
      guard let due = dues.soonest, let target = dues.due(at: max(now, accompanied)) else { return nil }
      dues.set(nil, of: target)
      if due <= now { accompanied = Moment(nanoseconds: now.nanoseconds + Self.company) }
      guard entries[target].state == .idle else {
        entries[target].overdue = due
        continue
      }
      entries[target].due = due
      guard !entries[target].isSlow || runningSlow < budget / 2 else {
        entries[target].state = .held
        held.append(Int32(target))
        continue
      }
      begin(target, at: now)
      return target
    }
  }

  private mutating func takeHeld() -> Int? {
    while heldTaken < held.count {
      let target = Int(held[heldTaken])
      heldTaken += 1
      if heldTaken * 2 > held.count {
        held.removeFirst(heldTaken)
        heldTaken = 0
      }
      // Others have been removed meanwhile.
      if entries[target].state == .held { return target }
    }
    return nil
  }

  private mutating func begin(_ target: Int, at now: Moment) {
    var entry = entries[target]
    if entry.due <= denied || entry.state == .held { waitCount += 1 }
    if let began = entry.began, now.nanoseconds - began.nanoseconds > entry.interval / 10 * 11 {
      lateCount += 1
    }
    entry.began = now
    entry.state = .running
    running += 1
    if entry.isSlow { runningSlow += 1 }

    var next =
      entry.due.nanoseconds + entry.interval - Int64.random(in: 0...entry.interval / 20, using: &random)
    if let second = entry.second { next = second.nanoseconds }
    entry.second = nil
    // After one that began early, too.
    next = min(next, now.nanoseconds + entry.interval)
    if next <= now.nanoseconds {
      next += ((now.nanoseconds - next) / entry.interval + 1) * entry.interval
    }
    dues.set(Moment(nanoseconds: next), of: target)
    entries[target] = entry

    let pace = max(rate * 2, Int64(targets) * 1_000, Self.leastPace)
    let earliest = max(paced.nanoseconds, now.nanoseconds - Self.burst)
    paced = Moment(nanoseconds: earliest + 1_000_000_000_000 / pace)
  }

  /// The probe of a target has ended.
  ///
  /// - Parameter isSlow: whether it took all the time that it had.
  mutating func finish(_ target: Int, isSlow: Bool) {
    countEnd(of: entries[target])
    entries[target].state = .idle
    entries[target].isSlow = isSlow
    if let overdue = entries[target].overdue {
      entries[target].overdue = nil
      dues.set(overdue, of: target)
    }
  }

  private mutating func countEnd(of entry: Entry) {
    running -= 1
    if entry.isSlow { runningSlow -= 1 }
  }

  /// From when on `start` may have a target, unless a probe ends before; nil: never.
  var wake: Moment? {
    guard running < budget else { return nil }
    if heldTaken < held.count, runningSlow < budget / 2 { return paced }
    return dues.soonest.map { $0 <= accompanied ? paced : max($0, paced) }
  }
}
