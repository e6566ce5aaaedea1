// Unsafe file. The memory of the counts: initialised here once, freed when nothing refers to it.

internal import Synchronization

/// The memory of `ClientCounts`.
@safe
final class ClientCountsStorage: @unchecked Sendable {
  let counts: ClientCounts
  /// Places to count clients in.
  let placeCount: Int
  private let words: UnsafeMutablePointer<Atomic<Int>>

  /// - Parameters:
  ///   - connections: how many there may be.
  ///   - seed: of the clients' places.
  init(connections: Int, seed: UInt64 = .random(in: 0 ... .max)) {
    // With four places a connection, a new client meets another one by chance in less than a quarter of
    // the cases, and one that has many connections hardly ever.
    var places = 1024
    while places < connections * 4 { places *= 2 }
    placeCount = places
    // The total is written by all workers: alone on its pair of cache lines.
    let padding = 128 / MemoryLayout<Atomic<Int>>.stride
    let memory = UnsafeMutableRawPointer.allocate(
      byteCount: (padding + places) * MemoryLayout<Atomic<Int>>.stride, alignment: 128)
    unsafe words = memory.bindMemory(to: Atomic<Int>.self, capacity: padding + places)
    for index in 0..<(padding + places) { unsafe (words + index).initialize(to: Atomic(0)) }
    unsafe counts = ClientCounts(
      total: words, counts: words + padding, mask: UInt64(places - 1), seed: seed)
  }

  deinit {
    // Atomic words need no deinitialising.
    unsafe UnsafeMutableRawPointer(words).deallocate()
  }
}
