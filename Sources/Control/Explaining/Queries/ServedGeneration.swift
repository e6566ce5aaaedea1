internal import Steering
internal import Synchronization

/// What is served at present, for those who explain it while the control loop prepares what comes next.
final class ServedGeneration: Sendable {
  /// A generation, which does not change.
  struct Value: Sendable {
    var zones: ZoneTable
    /// What the answers of a zone's pool follow from by now, but for whom it answered last.
    var inputs: @Sendable (LiveZone, Pool) -> PoolInputs
  }

  private let current: Mutex<Value>

  init(_ value: Value) { current = Mutex(value) }

  var value: Value {
    get { current.withLock { $0 } }
    set { current.withLock { $0 = newValue } }
  }
}
