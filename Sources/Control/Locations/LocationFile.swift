internal import Locations
internal import Zones

/// A file that says where clients are, and what was read of it.
struct LocationFile<Content: LocationContent>: Sendable {
  /// What became of the file when it was looked at.
  enum Outcome: Sendable {
    case unchanged
    case loaded(Content)
    /// What was read before stays.
    case refused(Content.Failure)
  }

  let path: String
  /// What was read last that could be used.
  private(set) var content: Content?
  /// Of the file when it was read last, whatever came of it; nil: it may have changed since.
  private var stamp: FileStamp?
  /// Why the file could not be used when it was read last; nil: it could.
  private var failure: Content.Failure?

  init(path: String) {
    self.path = path
  }

  /// Reads the file if it may be another than it was. Blocks, for seconds where it is large.
  mutating func refresh() -> Outcome {
    guard isChanged else { return failure.map { .refused($0) } ?? .unchanged }
    let start = FileTime.now
    let before = try? System.stamp(of: path)
    stamp = before.flatMap { $0.mayHaveChanged(since: start) ? nil : $0 }
    do {
      let read = try Content(file: path)
      failure = nil
      if let content, read.contentHash == content.contentHash { return .unchanged }
      content = read
      return .loaded(read)
    } catch {
      failure = error
      return .refused(error)
    }
  }

  /// Whether the file may be another than it was when it was read.
  var isChanged: Bool { stamp == nil || (try? System.stamp(of: path)) != stamp }
}
