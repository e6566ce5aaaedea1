import Glibc

/// The main thread's part while Swift's concurrency runs the rest.
///
/// An asynchronous `main` will not do here: on Linux it parks the main thread with no signal held back, so
/// that a SIGHUP ends the process.
public enum MainThread {
  /// Runs `operation` to its end, and the process with it.
  public static func run(_ operation: @escaping @Sendable () async -> ExitStatus) -> Never {
    run(operation, meanwhile: { _ = pause() })
  }

  /// - Parameter wait: what the main thread does meanwhile, over and over.
  static func run(
    _ operation: @escaping @Sendable () async -> ExitStatus, meanwhile wait: () -> Void
  ) -> Never {
    // Not what the first task has by itself, which as root gives its threads precedence over those that answer.
    Task(priority: .medium) { exit(await operation().rawValue) }
    while true { wait() }
  }
}
