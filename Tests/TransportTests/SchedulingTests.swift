import Glibc
import Synchronization
import TestSupport
import Testing

@testable import Transport

/// How soon threads get a core that other threads want as well.
struct SchedulingTests {
  private func inThread<Result: Sendable>(_ body: @escaping @Sendable () throws -> Result) throws -> Result? {
    let result = Mutex<Result?>(nil)
    let thread = try WorkerThread(name: "scheduling", core: nil) {
      let found = try? body()
      result.withLock { $0 = found }
    }
    thread.join()
    return result.withLock { $0 }
  }

  /// Not that of the thread that made it; as far as it may.
  @Test func threadsHaveThePriorityOfTheProcess() throws {
    let ofThreads = __priority_which_t(PRIO_PROCESS.rawValue)
    let allowed = try inThread {
      System.lowerPriority()
      setpriority(ofThreads, 0, getpriority(ofThreads, id_t(getpid())))
      return getpriority(ofThreads, 0)
    }
    let taken = try inThread {
      System.lowerPriority()
      let inner = Mutex<Int32?>(nil)
      try WorkerThread(name: "inner", core: nil) {
        inner.withLock { $0 = getpriority(ofThreads, 0) }
      }.join()
      return inner.withLock { $0 }
    }
    #expect(taken == allowed)
  }

  @Test(.enabled(if: ThreadTurn.isKnown, "needs Linux 6.12 with /proc/thread-self/sched"))
  func shortTurns() throws {
    let turn = try inThread {
      System.takeShortTurns()
      return ThreadTurn.length(of: "/proc/thread-self")
    }
    #expect(turn == 100_000)
  }
}
