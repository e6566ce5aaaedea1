/// A file that a zone was read from, as it was when it was read.
public struct ZoneSource: Hashable, Sendable {
  public let path: String
  /// Taken of the very file that was read, wherever the path leads by now; nil: it could not be read.
  public let stamp: FileStamp?
  /// Of the octets that were read; the same for the same octets.
  public let contentHash: UInt64

  package init(path: String, stamp: FileStamp?, contentHash: UInt64) {
    self.path = path
    self.stamp = stamp
    self.contentHash = contentHash
  }

  init(_ path: String, _ contents: FileContents) {
    self.init(path: path, stamp: contents.stamp, contentHash: contents.hash)
  }

  init(unreadable path: String) {
    self.init(path: path, stamp: nil, contentHash: 0)
  }
}
