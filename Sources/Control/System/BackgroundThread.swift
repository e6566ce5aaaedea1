// Unsafe file. A closure travels through pthread_create(3)'s untyped argument: retained before, released
// by the thread.
import Glibc

/// Threads for work that blocks or computes for long, which would starve the cooperative pool.
enum BackgroundThread {
  /// Runs `work` on a thread of its own, or right here when there can be no more threads.
  static func start(_ work: @escaping @Sendable () -> Void) {
    let argument = unsafe Unmanaged.passRetained(Work(work))
    var thread = pthread_t()
    let status = unsafe pthread_create(
      &thread, nil,
      { argument in
        guard let argument = unsafe argument else { return nil }
        unsafe Unmanaged<Work>.fromOpaque(argument).takeRetainedValue().body()
        return nil
      }, argument.toOpaque())
    if status == 0 {
      pthread_detach(thread)
    } else {
      unsafe argument.takeRetainedValue().body()
    }
  }

  /// Runs `work` on a thread of its own and waits for its result without blocking the caller's thread.
  static func run<Result: Sendable>(_ work: @escaping @Sendable () -> Result) async -> Result {
    await withCheckedContinuation { continuation in
      start { continuation.resume(returning: work()) }
    }
  }

  private final class Work: Sendable {
    let body: @Sendable () -> Void

    init(_ body: @escaping @Sendable () -> Void) { self.body = body }
  }
}
