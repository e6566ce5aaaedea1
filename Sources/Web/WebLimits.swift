/// What clients of a web server can have of it.
public struct WebLimits: Sendable {
  /// Connections at once. When there are as many, the one that has been idle for longest gives way.
  public var connections = 128
  /// Streams of events at once, which are among the connections.
  public var streams = 16
  /// Octets of a request's line and header fields together, and of the longest of them.
  public var headerLength = 16_384
  /// Header fields of a request.
  public var headerFields = 64
  /// For a request to be complete, since the connection began or the last response ended.
  public var requestPatience: Duration = .seconds(60)
  /// For a client to read a response, or an event of a stream.
  public var responsePatience: Duration = .seconds(30)

  public init() {}
}
