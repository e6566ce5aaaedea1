/// What TCP connections may take up (RFC 7766 §6.1, §6.2).
public struct TCPSettings: Sendable {
  /// Connections over all endpoints and workers, 1...1,048,576. Each is an open file, see `OpenFileLimit`.
  public var maximumConnections = 4096
  /// Connections of one client: an IPv4 address, or an IPv6 /64, as whoever has one address of it has
  /// them all. At least 1.
  public var maximumPerClient = 512
  /// A connection is closed when for this long no query on it was answered in whole. Octets alone, of a
  /// query that is never finished or of a response that is hardly read, do not count.
  public var idleTimeout = Duration.seconds(10)
  /// How long `DataPlane.stop()` waits for clients to take their responses.
  public var drainTimeout = Duration.seconds(2)
  /// How long `DataPlane.leave()` waits for clients to end their connections, and for how long one may be idle then.
  public var leaveTimeout = Duration.seconds(5)
  public var idleTimeoutWhenLeaving = Duration.seconds(1)
  /// Connections of one worker that may have a response waiting because their client does not read.
  /// Each takes up to 132 KiB; further ones are closed.
  public var maximumWaiting = 256

  public init() {}
}
