internal import Locations
internal import Zones

/// The file that says where clients are, and what was read of it.
struct LocationFile: Sendable {
  /// What became of the file when it was looked at.
  enum Outcome: Sendable {
    case unchanged
    case loaded(LocationDatabase)
    /// What was read before stays.
    case refused(LocationDatabaseError)
  }

  let path: String
  /// What was read last that could be used.
  private(set) var database: LocationDatabase?
  /// Of the file when it was read last, whatever came of it; nil: it may have changed since.
  private var stamp: FileStamp?

  init(path: String) {
    self.path = path
  }

  /// Reads the file if it may be another than it was. Blocks, for seconds where it is large.
  mutating func refresh() -> Outcome {
    guard isChanged else { return .unchanged }
    let start = FileTime.now
    let before = try? System.stamp(of: path)
    stamp = before.flatMap { $0.mayHaveChanged(since: start) ? nil : $0 }
    do {
      let read = try LocationDatabase(file: path)
      if let database, read.contentHash == database.contentHash { return .unchanged }
      database = read
      return .loaded(read)
    } catch {
      return .refused(error)
    }
  }

  /// Whether the file may be another than it was when it was read.
  var isChanged: Bool { stamp == nil || (try? System.stamp(of: path)) != stamp }
}
