import Synchronization

/// A thread of the lowest priority, which does one piece of work after the other.
final class SerialThread: Sendable {
  private let queue = Mutex<[@Sendable () -> Void]>([])
  private let wake: OpenFile

  init() throws(SystemError) {
    wake = try System.event()
    BackgroundThread.start { [self] in
      System.lowerPriority()
      while true {
        System.waitUntilTriggered(wake)
        let work = queue.withLock { queue in
          defer { queue = [] }
          return queue
        }
        for piece in work { piece() }
      }
    }
  }

  func run(_ work: @escaping @Sendable () -> Void) {
    queue.withLock { $0.append(work) }
    System.trigger(wake)
  }
}
