/// What a worker counts.
public enum Counter: Int, CaseIterable, Sendable {
  /// Queries received, of any content.
  case received
  /// Those of them that came over TCP and IPv6; sockets of UDP have only one of both families.
  case receivedOverIPv6
  /// Responses handed to the kernel; not those to queries over UDP for an explanation.
  case sent
  /// Responses that the kernel would not take, or that a full output pool or a lost connection cut off.
  case dropped
  /// Queries that are not to be answered, such as messages that are responses themselves.
  case ignored
  /// Queries for an explanation that found too many others waiting: dropped over UDP, SERVFAIL over TCP.
  case unexplained
  /// Queries that were longer than the receive buffer; answered by what had arrived of them.
  case truncated
  /// Failed receives and accepts.
  case failed
  /// TCP connections accepted.
  case connections
  /// TCP connections that gave way, or were refused, because a limit was reached.
  case limited
  /// TCP connections that were idle for too long.
  case timedOut
}
