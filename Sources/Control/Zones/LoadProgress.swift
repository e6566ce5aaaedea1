internal import Logging
import Synchronization

/// Tells the log once a second how far a load is, until it ends.
final class LoadProgress: Sendable {
  private static let interval: Duration = .seconds(1)

  private let done = Atomic(0)
  private let ticker = Mutex<Task<Void, Never>?>(nil)

  init(of count: Int, logger: Logger) {
    let task = Task { [self] in
      while (try? await Task.sleep(for: Self.interval)) != nil {
        let done = done.load(ordering: .relaxed)
        logger.notice("loading zones", metadata: ["done": "\(done)", "of": "\(count)"])
      }
    }
    ticker.withLock { $0 = task }
  }

  /// One more zone is done.
  func advance() { done.add(1, ordering: .relaxed) }

  func end() { ticker.withLock { $0?.cancel() } }
}
