internal import Logging

/// Tells of events: the log first, and then whoever else is to be told, each in its own time.
struct EventSink: Sendable {
  private let logger: Logger
  private let queues: [EventQueue]
  private let recent: RecentEvents

  init(_ targets: EventTargets?, _ logger: Logger, recent: RecentEvents = RecentEvents()) {
    self.recent = recent
    self.logger = logger
    var queues: [EventQueue] = []
    if let command = targets?.command {
      queues.append(EventQueue("on-change command", logger) { EventCommand(command).deliver($0) })
    }
    if let post = targets?.post {
      queues.append(EventQueue("on-change post", logger) { EventPost(post).deliver($0) })
    }
    self.queues = queues
  }

  /// Does not wait for anybody but the log.
  func take(_ event: StateEvent) {
    logger.log(level: event.level, "\(event.message)", metadata: event.metadata)
    recent.add(event)
    for queue in queues { queue.add(event) }
  }
}
