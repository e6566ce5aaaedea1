import Glibc
internal import Health
internal import Logging

/// Keeps what is known of members in a file over restarts. Writes one at a time.
actor StateKeeper {
  private let path: String
  private let monitor: HealthMonitor
  private let logger: Logger
  /// The write that was asked for last.
  private var latest: Task<Void, Never>?
  /// Whether a write is to come within a second.
  private var isDue = false
  /// Whether the file is left to another process.
  private var isPaused = false
  /// Whether there was something to write meanwhile.
  private var isBehind = false
  /// Whether the last write failed, which is told once.
  private var isFailing = false

  /// A file larger than this is none that a server wrote.
  private static let sizeLimit = 256 << 20
  private static let delay = Duration.seconds(1)

  init(path: String, _ monitor: HealthMonitor, _ logger: Logger) {
    self.path = path
    self.monitor = monitor
    self.logger = logger
  }

  /// What was kept; nil, with a warning, when it cannot be used. That there is no file yet is no matter.
  nonisolated func read() -> SavedState? {
    do {
      return try StateFile.decode(System.contents(of: path, limit: Self.sizeLimit))
    } catch let error as SystemError {
      if error.code != ENOENT { logger.warning("states of before are not known: \(error)") }
    } catch {
      logger.warning("states of before are not known: \(path) cannot be used: \(error)")
    }
    return nil
  }

  /// Has what is known written within a second; more of that until then is one write.
  func saveSoon() {
    guard !isDue else { return }
    isDue = true
    Task {
      try? await Task.sleep(for: Self.delay)
      isDue = false
      _ = await save()
    }
  }

  /// Returns when what is known now has been written, and whether it could be.
  func save() async -> Bool {
    let before = latest
    let task = Task {
      await before?.value
      await write()
    }
    latest = task
    await task.value
    return !isFailing
  }

  /// Writes no more once this returns, for another process to write the file.
  func pause() async {
    isPaused = true
    await latest?.value
  }

  /// Writes again, and what was to be written meanwhile.
  func resume() {
    isPaused = false
    guard isBehind else { return }
    isBehind = false
    saveSoon()
  }

  private func write() async {
    guard !isPaused else {
      isBehind = true
      return
    }
    let (path, monitor) = (path, monitor)
    let failure = await BackgroundThread.run { () -> SystemError? in
      do throws(SystemError) {
        try System.replace(path, with: StateFile.encode(monitor.saved(by: .now)))
        return nil
      } catch {
        return error
      }
    }
    if let failure, !isFailing { logger.error("states are not kept: \(failure)") }
    if failure == nil, isFailing { logger.notice("states are kept again") }
    isFailing = failure != nil
  }
}
