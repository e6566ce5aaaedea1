import Glibc

/// A thread whose outcome a test waits for.
final class TestThread: Sendable {
  private let thread: pthread_t
  private let work: Work

  struct NotStarted: Error {}

  /// What the thread does, and how it ended.
  private final class Work: @unchecked Sendable {  // Sendable: read after the thread has ended.
    let body: @Sendable () -> String
    var outcome = ""
    init(_ body: @escaping @Sendable () -> String) { self.body = body }
  }

  init(_ body: @escaping @Sendable () -> String) throws {
    work = Work(body)
    var thread = pthread_t()
    let context = Unmanaged.passRetained(work)
    let status = pthread_create(
      &thread, nil,
      { context in
        let work = Unmanaged<Work>.fromOpaque(context!).takeRetainedValue()
        work.outcome = work.body()
        return nil
      }, context.toOpaque())
    guard status == 0 else {
      context.release()
      throw NotStarted()
    }
    self.thread = thread
  }

  func join() -> String {
    pthread_join(thread, nil)
    return work.outcome
  }
}
