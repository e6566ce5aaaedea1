internal import Health

/// What an operator orders of members, from when it is heard on.
struct MemberOrder: Equatable, Sendable {
  var scope: Override.Scope
  var order: Override.Order
  /// For how long; nil: until it is taken back.
  var duration: Duration?
  /// For people; empty: none was given.
  var reason = ""
  var author = ""

  /// The order as it is kept.
  func override(at time: WallTime) -> Override {
    Override(
      order, of: scope, since: time, until: duration.map { time + $0 }, reason: reason, author: author)
  }
}
