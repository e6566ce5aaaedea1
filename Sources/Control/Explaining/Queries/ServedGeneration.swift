internal import Synchronization

/// What is served at present, for those who explain it while the control loop prepares what comes next.
final class ServedGeneration: Sendable {
  /// A generation, which does not change.
  struct Value: Sendable {
    var zones: ZoneTable
    /// What explanations of a zone's pool go by, which has this number.
    var facts: @Sendable (LiveZone, Int) -> PoolFacts
  }

  private let current: Mutex<Value>

  init(_ value: Value) { current = Mutex(value) }

  var value: Value {
    get { current.withLock { $0 } }
    set { current.withLock { $0 = newValue } }
  }
}
