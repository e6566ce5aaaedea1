// Unsafe file. Blocks are pointers into memory that `WorkerBlocks` owns: workers may use theirs until
// they end, and `DataPlane` joins them before it lets go of the blocks. Every word is an atomic, written
// by one thread only.

internal import Synchronization

/// One worker's counters and the request to stop it, alone on their cache lines.
///
/// The worker is the only one that writes its counters, so that plain loads and stores (relaxed) do;
/// others read values that are each right, if not all of the same instant.
@safe
struct WorkerBlock: @unchecked Sendable {
  /// In whole pairs of cache lines, sixteen words each, as the processor may fetch a pair together: counters and the
  /// request to stop in the first, how long answers took in the others.
  static var wordCount: Int { 64 }
  private static var stopWord: Int { 15 }
  private static var durationWord: Int { 16 }
  private static var durationSumWord: Int { durationWord + AnswerDurations.bucketCount }

  private let words: UnsafeMutablePointer<Atomic<UInt64>>

  @unsafe
  init(_ words: UnsafeMutablePointer<Atomic<UInt64>>) { unsafe self.words = words }

  /// Adds to a counter. For the worker only.
  @_noAllocation @_noLocks @inline(__always)
  func add(_ amount: Int = 1, to counter: Counter) {
    add(UInt64(truncatingIfNeeded: amount), toWord: counter.rawValue)
  }

  /// Notes how long an answer took, in nanoseconds. For the worker only.
  @_noAllocation @_noLocks
  func note(duration nanoseconds: Int64) {
    let duration = nanoseconds > 0 ? UInt64(truncatingIfNeeded: nanoseconds) : 0
    add(1, toWord: Self.durationWord &+ AnswerDurations.bucket(of: duration))
    add(duration, toWord: Self.durationSumWord)
  }

  @_noAllocation @_noLocks @inline(__always)
  private func add(_ amount: UInt64, toWord index: Int) {
    let word = unsafe words + index
    let value = unsafe word.pointee.load(ordering: .relaxed)
    unsafe word.pointee.store(value &+ amount, ordering: .relaxed)
  }

  var durations: AnswerDurations {
    var durations = AnswerDurations()
    for bucket in durations.counts.indices {
      durations.counts[bucket] = unsafe (words + Self.durationWord + bucket).pointee.load(ordering: .relaxed)
    }
    durations.sum = unsafe (words + Self.durationSumWord).pointee.load(ordering: .relaxed)
    return durations
  }

  func value(of counter: Counter) -> UInt64 {
    unsafe (words + counter.rawValue).pointee.load(ordering: .relaxed)
  }

  /// Whether the worker is asked to stop.
  var isStopping: Bool { unsafe (words + Self.stopWord).pointee.load(ordering: .acquiring) != 0 }

  func requestStop() {
    unsafe (words + Self.stopWord).pointee.store(1, ordering: .releasing)
  }
}
