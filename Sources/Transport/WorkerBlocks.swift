// Unsafe file. The memory of all workers' blocks: initialised here once, freed when nothing refers to it.

internal import Synchronization

/// The blocks of all workers.
@safe
final class WorkerBlocks: @unchecked Sendable {
  let count: Int
  private let words: UnsafeMutablePointer<Atomic<UInt64>>

  init(count: Int) {
    self.count = count
    let stride = WorkerBlock.wordCount * MemoryLayout<Atomic<UInt64>>.stride
    let memory = UnsafeMutableRawPointer.allocate(byteCount: count * stride, alignment: stride)
    unsafe words = memory.bindMemory(to: Atomic<UInt64>.self, capacity: count * WorkerBlock.wordCount)
    for index in 0..<(count * WorkerBlock.wordCount) {
      unsafe (words + index).initialize(to: Atomic(0))
    }
  }

  deinit {
    // Atomic words need no deinitialising.
    unsafe UnsafeMutableRawPointer(words).deallocate()
  }

  subscript(worker: Int) -> WorkerBlock {
    precondition(worker >= 0 && worker < count, "no such worker")
    return unsafe WorkerBlock(words + worker * WorkerBlock.wordCount)
  }
}
