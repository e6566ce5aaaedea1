internal import Locations
internal import Logging

extension LocationFile.Outcome {
  /// Says what became of the file.
  ///
  /// - Parameter duration: that it took.
  func log(of file: LocationFile, to logger: Logger, after duration: Duration) {
    switch self {
    case .unchanged: break
    case .loaded(let database):
      logger.notice(
        "locations loaded",
        metadata: [
          "file": "\(file.path)", "type": "\(database.type)", "built": "\(database.date)",
          "networks": "\(database.networkCount)", "places": "\(database.places.count - 1)",
          "time": "\(duration.milliseconds)",
        ])
    case .refused(let error):
      let rest =
        file.database == nil
        ? "of clients is known only what zones say of their networks" : "what was read before stays"
      logger.error("locations refused: \(error); \(rest)", metadata: ["file": "\(file.path)"])
    }
  }
}

extension LocationDatabase {
  /// The day that it was made on, UTC.
  var date: String {
    String(LogLine.timestamp(Int64(clamping: min(built, 1 << 33)) * 1_000_000_000).prefix(10))
  }
}
