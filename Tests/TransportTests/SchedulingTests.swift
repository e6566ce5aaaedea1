import Glibc
import Synchronization
import TestSupport
import Testing

@testable import Transport

/// How soon threads get a core that other threads want as well.
struct SchedulingTests {
  /// What `read` finds in a thread that takes short turns after it had the lowest priority.
  private func inThread<Result: Sendable>(_ read: @escaping @Sendable () -> Result) throws -> Result? {
    let result = Mutex<Result?>(nil)
    let thread = try WorkerThread(name: "short turns", core: nil) {
      System.lowerPriority()
      System.takeShortTurns()
      result.withLock { $0 = read() }
    }
    thread.join()
    return result.withLock { $0 }
  }

  /// Who may not go back to it keeps the priority that it has.
  @Test func answeringThreadsHaveThePriorityOfTheProcess() throws {
    let ofThreads = __priority_which_t(PRIO_PROCESS.rawValue)
    let expected = geteuid() == 0 ? getpriority(ofThreads, id_t(getpid())) : 19
    #expect(try inThread { getpriority(ofThreads, 0) } == expected)
  }

  @Test(.enabled(if: ThreadTurn.isKnown, "needs Linux 6.12 with /proc/thread-self/sched"))
  func shortTurns() throws {
    #expect(try inThread { ThreadTurn.length(of: "/proc/thread-self") } == 100_000)
  }
}
