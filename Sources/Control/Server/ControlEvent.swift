/// What the control plane reacts to, one after the other.
enum ControlEvent: Sendable {
  case signal(Signal)
  /// Of a client of the control socket, which has its reply once.
  case request(ControlRequest, _ reply: @Sendable (@escaping ControlServer.Reply) -> Void)
  /// Somebody watches the server, and is given a view of it once.
  case observe(@Sendable (Observation) -> Void)
  /// There is news of members' health.
  case healthChanged
  /// A file that says where clients are is another than it was.
  case locationsReplaced(path: String)
  /// The service manager wants to hear that events are taken.
  case heartbeatDue
  /// Another process takes over, or was about to.
  case handover(HandoverEvent)
  case loadEnded(Result<ZoneReload.Summary, ZoneFolder.Unusable>)
}
