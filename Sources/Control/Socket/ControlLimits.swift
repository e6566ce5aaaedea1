/// What clients of the control socket can have of the server.
struct ControlLimits: Sendable {
  /// At once. When there are as many, the one that has been idle for longest gives way.
  var connections = 256
  /// Octets of a request, with the end of its line.
  var requestLength = 65_536
  /// Octets of replies that wait to be read, over all connections.
  var replyOctets = 64 << 20
  /// For a request after the last reply, and for reading a reply.
  var patience: Duration = .seconds(60)
}
