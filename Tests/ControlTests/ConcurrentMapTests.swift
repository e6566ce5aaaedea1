import Synchronization
import Testing

@testable import Control

@Suite struct ConcurrentMapTests {
  /// Of none, of less than a batch, of one, of one more, and of many that do not fill the last.
  @Test(arguments: [0, 1, 63, 64, 65, 1_000])
  func resultsAreInOrder(_ count: Int) {
    let calls = Atomic(0)
    let results = Array(0..<count).concurrentMap { number in
      calls.add(1, ordering: .relaxed)
      return number * 3
    }
    #expect(results == (0..<count).map { $0 * 3 })
    #expect(calls.load(ordering: .relaxed) == count)
  }

  @Test(arguments: [1, 7, 1_000])
  func batches(of size: Int) {
    #expect(Array(0..<100).concurrentMap(batch: size) { "\($0)" } == (0..<100).map { "\($0)" })
  }
}
