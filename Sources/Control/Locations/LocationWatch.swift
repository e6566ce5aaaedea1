internal import Zones

/// Finds out that a file was replaced, once it has come to rest.
struct LocationWatch: Sendable {
  /// How often the file is looked at.
  static let interval = Duration.seconds(5)

  private let path: String
  /// What has been told of, or was there at first.
  private var told: FileStamp?
  private var seen: FileStamp?

  init(path: String) {
    self.path = path
    told = try? System.stamp(of: path)
    seen = told
  }

  /// Whether another file is there than was told of, and was there when this was asked last.
  mutating func isReplaced() -> Bool {
    let now = try? System.stamp(of: path)
    defer { seen = now }
    guard let now, now == seen, now != told else { return false }
    told = now
    return true
  }
}
