import Dispatch
import Synchronization

extension Array where Element: Sendable {
  /// As `map`, with batches of elements side by side on the machine's cores. Blocks until all are done.
  ///
  /// - Parameter batch: as many elements are worth a thread's trouble.
  func concurrentMap<Result: Sendable>(
    batch: Int = 64, _ transform: @Sendable (Element) -> Result
  ) -> [Result] {
    guard count > batch else { return map(transform) }
    let batches = (count + batch - 1) / batch
    let done = Mutex([[Result]](repeating: [], count: batches))
    DispatchQueue.concurrentPerform(iterations: batches) { index in
      let results = self[index * batch..<Swift.min((index + 1) * batch, count)].map(transform)
      done.withLock { $0[index] = results }
    }
    return done.withLock { $0.flatMap(\.self) }
  }
}
