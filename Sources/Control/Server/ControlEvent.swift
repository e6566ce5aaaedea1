/// What the control plane reacts to, one after the other.
enum ControlEvent: Sendable {
  case signal(Signal)
  case loadEnded(Result<ZoneReload.Summary, ZoneFolder.Unusable>)
}
