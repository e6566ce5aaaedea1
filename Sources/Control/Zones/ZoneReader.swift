internal import Steering
import Synchronization

/// Reads zones in parallel on threads of its own.
enum ZoneReader {
  /// Reads `files` and yields each attempt in the order of the files. Ends after the last.
  ///
  /// - Parameters:
  ///   - shared: what the server's configuration defines for all zones.
  ///   - monitor: tells what is known of pools' members.
  ///   - givesWay: whether the threads have the lowest priority, for the sake of those that answer meanwhile.
  ///   - progress: is told when a file is begun and ended.
  static func read(
    _ files: [ZoneFile], threads: Int, shared: SharedDefinitions = SharedDefinitions(),
    monitor: HealthMonitor? = nil, givesWay: Bool = false, progress: LoadProgress? = nil
  ) -> AsyncStream<ZoneAttempt> {
    let (stream, continuation) = AsyncStream.makeStream(of: ZoneAttempt.self)
    guard !files.isEmpty else {
      continuation.finish()
      return stream
    }
    let work = Work(files, shared, monitor, continuation, progress)
    for _ in 0..<min(max(1, threads), files.count) {
      BackgroundThread.start {
        if givesWay { System.lowerPriority() }
        work.run()
      }
    }
    return stream
  }

  /// What the threads share.
  private final class Work: Sendable {
    private struct State {
      var next = 0
      var ordered = InOrder<ZoneAttempt>()
      var finished = 0
    }

    private let files: [ZoneFile]
    private let shared: SharedDefinitions
    private let continuation: AsyncStream<ZoneAttempt>.Continuation
    private let monitor: HealthMonitor?
    private let progress: LoadProgress?
    private let state = Mutex(State())

    init(
      _ files: [ZoneFile], _ shared: SharedDefinitions, _ monitor: HealthMonitor?,
      _ continuation: AsyncStream<ZoneAttempt>.Continuation, _ progress: LoadProgress?
    ) {
      self.files = files
      self.shared = shared
      self.continuation = continuation
      self.monitor = monitor
      self.progress = progress
    }

    /// Takes one file after the other until none is left.
    func run() {
      while let index = claim() {
        progress?.begin(files[index].path, at: .now)
        let attempt = ZoneAttempt(reading: files[index], shared: shared, monitor: monitor)
        progress?.end(files[index].path)
        state.withLock { state in
          for ready in state.ordered.add(attempt, at: index) { continuation.yield(ready) }
          state.finished += 1
          if state.finished == files.count { continuation.finish() }
        }
      }
    }

    private func claim() -> Int? {
      state.withLock { state in
        guard state.next < files.count else { return nil }
        defer { state.next += 1 }
        return state.next
      }
    }
  }
}
