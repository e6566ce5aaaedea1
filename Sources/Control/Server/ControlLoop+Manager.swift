extension ControlLoop {
  /// Tells the manager again and again that events are taken, by events that come in turn: a loop that is stuck is
  /// silent.
  func beginHeartbeats() {
    guard let interval = manager.heartbeat else { return }
    let events = events
    Task {
      while !Task.isCancelled {
        events.yield(.heartbeatDue)
        try? await Task.sleep(for: interval)
      }
    }
  }

  /// What is served, for people.
  var summary: String {
    "\(table.count.counted("zone")), \(table.recordCount.counted("record"))"
      + (table.brokenCount > 0 ? "; SERVFAIL for \(table.brokenCount.counted("zone"))" : "")
  }
}
