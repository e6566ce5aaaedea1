internal import Logging
import Synchronization

/// Tells the log once a second how far a load is, until it ends; and which file it waits for, when it is
/// one that takes long.
final class LoadProgress: Sendable {
  typealias Instant = ContinuousClock.Instant

  private static let interval: Duration = .seconds(1)
  /// After which a file is named: longer than millions of records take.
  static let patience: Duration = .seconds(5)

  private struct State {
    var done = 0
    /// What is being read, and since when.
    var reading: [String: Instant] = [:]
  }

  private let count: Int
  private let message: Logger.Message
  private let logger: Logger
  private let state = Mutex(State())
  /// What tells, until the end. Locked while a line is written, so that none comes after the end: its descriptor
  /// may be another file's by then.
  private let ticker = Mutex<Task<Void, Never>?>(nil)

  /// - Parameters:
  ///   - count: how much there is to do.
  ///   - message: what is being done.
  init(of count: Int, _ message: Logger.Message = "loading zones", logger: Logger) {
    self.count = count
    self.message = message
    self.logger = logger
    let task = Task { [self] in
      while (try? await Task.sleep(for: Self.interval)) != nil { tell(at: .now) }
    }
    ticker.withLock { $0 = task }
  }

  /// Tells how far the load is, unless it has ended.
  func tell(at now: Instant) {
    ticker.withLock { task in
      guard task != nil else { return }
      logger.notice(message, metadata: fields(at: now))
    }
  }

  func fields(at now: Instant) -> Logger.Metadata {
    state.withLock { state in
      var fields: Logger.Metadata = ["done": "\(state.done)", "of": "\(count)"]
      if let (file, begin) = state.reading.min(by: { $0.value < $1.value }), now - begin >= Self.patience {
        fields["waits-for"] = "\(file)"
        fields["since"] = "\((now - begin).components.seconds)s"
      }
      return fields
    }
  }

  func begin(_ path: String, at now: Instant) { state.withLock { $0.reading[path] = now } }

  func end(_ path: String) { state.withLock { $0.reading[path] = nil } }

  /// One more is done.
  func advance() { state.withLock { $0.done += 1 } }

  /// Nothing is told after this has returned.
  func end() {
    ticker.withLock { task in
      task?.cancel()
      task = nil
    }
  }
}
