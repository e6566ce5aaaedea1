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
  /// Sixteen words are two cache lines: the pair that the processor may fetch together.
  static var wordCount: Int { 16 }
  private static var stopWord: Int { 15 }

  private let words: UnsafeMutablePointer<Atomic<UInt64>>

  @unsafe
  init(_ words: UnsafeMutablePointer<Atomic<UInt64>>) { unsafe self.words = words }

  /// Adds to a counter. For the worker only.
  @_noAllocation @_noLocks @inline(__always)
  func add(_ amount: Int = 1, to counter: Counter) {
    let word = unsafe words + counter.rawValue
    let value = unsafe word.pointee.load(ordering: .relaxed)
    unsafe word.pointee.store(value &+ UInt64(truncatingIfNeeded: amount), ordering: .relaxed)
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
