internal import Logging
internal import Synchronization
internal import Transport

/// Writes down what workers have answered, on a thread of its own that gives way to them.
final class QueryLogger: Sendable {
  /// How long it rests when there is nothing to do, in milliseconds. A worker's ring is not full after so short a time.
  private static let rest: Int32 = 10
  private static let lookAtFile = Duration.seconds(1)
  /// Queries taken of one worker before the next one's turn.
  private static let turn = 256

  /// What there is to do, all on the logger's thread.
  private struct Sinks {
    var file: QueryLogFile?
    var dnstap: DnstapSocket?
    let identity: [UInt8]
    let version = Array("swiftlet \(Version.text)".utf8)
    var lastLook = ContinuousClock.now

    mutating func add(_ answered: AnsweredQuery) {
      if file != nil { file?.add(answered.line) }
      guard dnstap != nil else { return }
      for frame in DnstapMessage(answered, identity: identity, version: version).frames { dnstap?.add(frame) }
    }

    mutating func flush() {
      let now = ContinuousClock.now
      file?.flush()
      dnstap?.proceed(at: now)
      guard now - lastLook >= QueryLogger.lookAtFile else { return }
      lastLook = now
      file?.reopenIfMoved()
    }

    var lossCount: UInt64 { (file?.lossCount ?? 0) + (dnstap?.lossCount ?? 0) }
  }

  let rings: QueryRings
  private let workers: Int
  private let logger: Logger
  private let isStopping = Atomic(false)
  private let logged = Atomic<UInt64>(0)
  private let unwritten = Atomic<UInt64>(0)
  private let thread = Mutex<WorkerThread?>(nil)

  /// Opens what is written to, and starts.
  ///
  /// - Parameter identity: of this server, for dnstap; empty: none.
  init(_ targets: QueryLogTargets, workers: Int, identity: [UInt8], _ logger: Logger) throws(StartFailure) {
    do {
      rings = try QueryRings(workers: workers, interval: targets.sample)
    } catch {
      throw StartFailure(error.description)
    }
    self.workers = workers
    self.logger = logger
    let file: QueryLogFile?
    do throws(SystemError) {
      file = try targets.file.map { path throws(SystemError) in try QueryLogFile(path: path, logger) }
    } catch {
      throw StartFailure("query log: \(error)")
    }
    let sinks = Sinks(
      file: file, dnstap: targets.dnstap.map { DnstapSocket(path: $0, logger, at: .now) }, identity: identity)
    do {
      let thread = try WorkerThread(name: "query log", core: nil) { self.run(sinks) }
      self.thread.withLock { $0 = thread }
    } catch {
      throw StartFailure("query log: \(error)")
    }
  }

  /// Queries that were taken from the workers, and what was dropped: queries that found a worker's ring full, lines that
  /// could not be written and frames that nobody took.
  var counts: (logged: UInt64, lost: UInt64) {
    (logged.load(ordering: .relaxed), rings.lossCount + unwritten.load(ordering: .relaxed))
  }

  /// Writes what is left when the workers have stopped, and ends. Blocks.
  func stop() {
    isStopping.store(true, ordering: .releasing)
    let running = thread.withLock { thread in
      defer { thread = nil }
      return thread
    }
    running?.join()
  }

  private func run(_ first: Sinks) {
    var sinks = first
    System.lowerPriority()
    while true {
      let isLast = isStopping.load(ordering: .acquiring)
      let count = drain(into: &sinks)
      sinks.flush()
      logged.add(count, ordering: .relaxed)
      unwritten.store(sinks.lossCount, ordering: .relaxed)
      if count > 0 { continue }
      if isLast { break }
      System.nap(milliseconds: Self.rest)
    }
    sinks.dnstap?.end()
  }

  private func drain(into sinks: inout Sinks) -> UInt64 {
    var count: UInt64 = 0
    for worker in 0..<workers {
      for _ in 0..<Self.turn {
        guard let answered = rings.take(from: worker) else { break }
        sinks.add(answered)
        count += 1
      }
    }
    return count
  }
}
