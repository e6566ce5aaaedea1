import Health
import Synchronization
import Transport

/// What the prober's thread is told by others, and tells them.
final class Mailbox: Sendable {
  /// What there is to do.
  struct Orders: Sendable {
    var add: [(id: Target.ID, target: Target)] = []
    var remove: [Target.ID] = []
    var resolved: [Resolver.Answer] = []
    var isStopped = false
  }

  private let orders = Mutex<[Orders]>([])
  private let published = Mutex(ProbeCounters())
  /// Readable once there are orders, and told anew with each.
  let event: Int32

  init() throws(Errno) {
    event = try System.event()
  }

  deinit { System.close(event) }

  func send(_ order: Orders) {
    orders.withLock { $0.append(order) }
    System.signal(event)
  }

  /// Takes all orders, oldest first.
  func take() -> [Orders] {
    orders.withLock { orders in
      defer { orders = [] }
      return orders
    }
  }

  var counters: ProbeCounters {
    get { published.withLock { $0 } }
    set { published.withLock { $0 = newValue } }
  }
}
