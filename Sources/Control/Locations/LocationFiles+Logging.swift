internal import Locations
internal import Logging

extension LocationFiles {
  /// Reads the files that may be others than they were, and logs what became of them. Blocks.
  ///
  /// - Returns: why files are refused.
  mutating func refresh(_ logger: Logger) -> [String] {
    let complaints = [
      Self.refresh(&database, logger) { database in
        [
          "type": "\(database.type)", "built": "\(database.date)", "networks": "\(database.networkCount)",
          "places": "\(database.places.count - 1)",
        ]
      },
      Self.refresh(&times, logger) { times in
        ["networks": "\(times.networkCount)", "times": "\(times.timeCount)"]
      },
    ]
    return complaints.flatMap(\.self)
  }

  private static func refresh<Content: LocationContent>(
    _ file: inout LocationFile<Content>?, _ logger: Logger, _ fields: (Content) -> Logger.Metadata
  ) -> [String] {
    guard var refreshed = file else { return [] }
    let begin = ContinuousClock.now
    let outcome = refreshed.refresh()
    file = refreshed
    switch outcome {
    case .unchanged: return []
    case .loaded(let content):
      let time = (ContinuousClock.now - begin).milliseconds
      logger.notice(
        "locations loaded",
        metadata: fields(content).merging(["file": "\(refreshed.path)", "time": "\(time)"]) { $1 })
      return []
    case .refused(let error):
      let complaints = complaints(of: error, path: refreshed.path)
      for complaint in complaints { logger.error("locations refused: \(complaint)") }
      if refreshed.content != nil { logger.error("what was read of \(refreshed.path) before stays") }
      return complaints
    }
  }
}

extension LocationDatabase {
  /// The day that it was made on, UTC.
  var date: String {
    String(LogLine.timestamp(Int64(clamping: min(built, 1 << 33)) * 1_000_000_000).prefix(10))
  }
}
