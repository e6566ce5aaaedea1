internal import Logging

/// Writes swift-log's events as lines, see `LogLine`.
struct LineLogHandler: LogHandler {
  /// Metadata is a dictionary, which has no order: these keys come first, in this order, then the others
  /// by name.
  private static let keyOrder = [
    "zone", "zones", "broken", "file", "records", "serial", "serial-old", "serial-new", "listen", "threads",
    "member", "order", "for", "name", "address", "check", "from", "to", "reason", "detection",
  ]
  /// And these come last.
  private static let lastKeys = ["time"]

  let writer: LogWriter
  var logLevel: Logger.Level
  var metadata: Logger.Metadata = [:]
  var metadataProvider: Logger.MetadataProvider?

  init(writer: LogWriter, logLevel: Logger.Level) {
    self.writer = writer
    self.logLevel = logLevel
  }

  subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  func log(event: LogEvent) {
    var all = metadata
    if let provided = metadataProvider?.get() { all.merge(provided) { $1 } }
    if let own = event.metadata { all.merge(own) { $1 } }
    writer.write(
      LogLine.text(
        time: System.wallClock, level: event.level.rawValue, message: event.message.description,
        fields: Self.ordered(all)))
  }

  static func ordered(_ metadata: Logger.Metadata) -> [(key: String, value: String)] {
    metadata.map { (key: $0.key, value: $0.value.description) }
      .sorted { (rank($0.key), $0.key) < (rank($1.key), $1.key) }
  }

  private static func rank(_ key: String) -> Int {
    if let index = keyOrder.firstIndex(of: key) { return index }
    return lastKeys.contains(key) ? keyOrder.count + 1 : keyOrder.count
  }
}
