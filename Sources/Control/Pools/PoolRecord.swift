internal import Steering
import Synchronization

/// What a pool's answers follow from besides what is known of its members, for those who explain answers elsewhere than
/// in the control loop.
final class PoolRecord: Sendable {
  struct Value: Sendable {
    /// Who was answered when stages last left somebody.
    var last: Set<Member.Identity> = []
    /// How soon a member may flip; nil: none will.
    var horizon: Duration?
  }

  private let current = Mutex(Value())

  var value: Value {
    get { current.withLock { $0 } }
    set { current.withLock { $0 = newValue } }
  }
}
