public import Health
public import Transport

/// Probes targets, each in its check's interval, and reports what it finds out. It has one thread, which waits
/// for all of its sockets with one epoll.
///
/// Not built on SwiftNIO, for two reasons. A probe is a socket's whole life in a few system calls, and what a
/// channel, its pipeline and its futures take to set up for each would be more than the probe itself. And its
/// deadlines are promises: with the loop at hand, what is late is seen, counted and paced.
public final class Prober: Sendable {
  /// Takes results in batches, on the prober's thread, with the time they are of: at most 10 ms old. It must
  /// neither wait for long, as nothing is probed meanwhile, nor call `stop()`.
  public typealias Report = @Sendable (_ results: [(id: Target.ID, result: ProbeResult)], Moment) -> Void

  private let mailbox: Mailbox
  private let thread: WorkerThread

  /// Starts the thread.
  ///
  /// - Parameters:
  ///   - budget: how many probes may run at a time, at least 2. Each takes a descriptor.
  ///   - longestExcuse: time that the thread has lost, as the machine had other things to do, is not held against the
  ///     members, up to as much for a probe.
  ///   - report: is never called for a target after the update that removed it has been heeded.
  public init(
    budget: Int = 1_000, longestExcuse: Duration = .seconds(5), report: @escaping Report
  ) throws(Errno) {
    let mailbox = try Mailbox()
    let epoll = try System.epoll()
    do throws(Errno) {
      try System.watch(mailbox.event, in: epoll, as: ProbeEngine.mailToken)
      thread = try WorkerThread(name: "prober", core: nil) {
        ProbeEngine(
          budget: budget, longestExcuse: longestExcuse, epoll: epoll, mailbox: mailbox, report: report
        ).run()
      }
    } catch {
      System.close(epoll)
      throw error
    }
    self.mailbox = mailbox
  }

  /// Changes what is probed: first takes targets out, with their probes that run, then adds others, whose first
  /// probes begin at once. Heartbeats, and checks that always succeed, are not probed.
  ///
  /// - Parameter add: IDs that no other target has.
  public func update(add: [(id: Target.ID, target: Target)] = [], remove: [Target.ID] = []) {
    mailbox.send(Mailbox.Orders(add: add, remove: remove))
  }

  /// Ends all probes, without reports, and the thread. Exactly once, and last.
  public func stop() {
    mailbox.send(Mailbox.Orders(isStopped: true))
    thread.join()
  }

  /// As of some milliseconds ago.
  public var counters: ProbeCounters { mailbox.counters }
}
