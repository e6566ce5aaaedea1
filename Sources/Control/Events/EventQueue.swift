internal import Logging
import Synchronization

/// Events on their way to one receiver, which has them one at a time. Where it does not keep up, the oldest are
/// dropped: the newest say how things are.
final class EventQueue: Sendable {
  /// Hands an event over, however long that takes.
  ///
  /// - Returns: why it failed; nil: it did not.
  typealias Deliver = @Sendable (StateEvent) -> String?

  /// Events that wait, at most.
  static let limit = 1_000

  private let continuation: AsyncStream<StateEvent>.Continuation
  private let dropped = Atomic(0)

  /// - Parameter name: of the receiver, for the log.
  init(_ name: String, _ logger: Logger, deliver: @escaping Deliver) {
    let (events, continuation) = AsyncStream.makeStream(
      of: StateEvent.self, bufferingPolicy: .bufferingNewest(Self.limit))
    self.continuation = continuation
    Task { [self] in
      for await event in events {
        let count = dropped.exchange(0, ordering: .relaxed)
        if count > 0 {
          logger.warning("events were dropped: \(name) does not keep up", metadata: ["events": "\(count)"])
        }
        if let failure = await BackgroundThread.run({ deliver(event) }) {
          logger.warning("\(name) failed", metadata: ["reason": "\(failure)"])
        }
      }
    }
  }

  func add(_ event: StateEvent) {
    if case .dropped = continuation.yield(event) { dropped.add(1, ordering: .relaxed) }
  }
}
