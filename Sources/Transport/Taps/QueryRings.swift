// Unsafe file. The memory of all workers' rings: mapped here once, unmapped when nothing refers to it. Workers may use
// theirs until they end, and `DataPlane` joins them before it lets go of the rings.

/// What workers have answered, one ring for each worker, on the way to one thread that logs it.
public final class QueryRings: @unchecked Sendable {  // Sendable: see `QueryRing`; nothing else changes.
  private let memory: MappedMemory
  private let workers: Int
  private let interval: Int

  /// - Parameters:
  ///   - workers: as many as will answer.
  ///   - interval: of how many answered queries each worker keeps one; 1 at least.
  /// - Throws: when there is not enough memory. It is not used up before it is written to.
  public init(workers: Int, interval: Int) throws(StartError) {
    do throws(Errno) {
      memory = try MappedMemory(byteCount: workers * QueryRing.size)
    } catch {
      throw StartError(resource: .memory, reason: error)
    }
    self.workers = workers
    self.interval = interval
  }

  private subscript(worker: Int) -> QueryRing {
    precondition(worker >= 0 && worker < workers, "no such worker")
    return unsafe QueryRing(memory.start + worker * QueryRing.size)
  }

  func tap(of worker: Int) -> QueryTap { QueryTap(self[worker], interval: interval) }

  /// Takes the longest waiting query of a worker; nil: none waits. For one thread only.
  public func take(from worker: Int) -> AnsweredQuery? { self[worker].take() }

  /// Queries that would have been kept, but found their ring full.
  public var lossCount: UInt64 { (0..<workers).reduce(0) { $0 + self[$1].lossCount } }
}
