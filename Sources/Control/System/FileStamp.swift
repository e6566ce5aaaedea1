/// What tells one state of a file from another without reading it.
struct FileStamp: Hashable, Sendable {
  var device: UInt64
  var inode: UInt64
  /// In octets.
  var size: Int64
  /// When the content changed, in nanoseconds since 1970.
  var modified: Int64
  /// When content or attributes changed, which nobody can set back, in nanoseconds since 1970.
  var changed: Int64
  /// Neither a folder nor a device, pipe or socket.
  var isRegular: Bool

  /// Whether the file may have been written while it was read, or after: then this stamp says nothing
  /// about what was read.
  ///
  /// - Parameter start: the `System.fileClock` from before reading.
  func mayHaveChanged(since start: Int64) -> Bool { changed >= start }
}
