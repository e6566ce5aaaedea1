// Unsafe file. clock_gettime(2) fills a structure that is passed by pointer.
package import Glibc

/// What tells one state of a file from another without reading it.
public struct FileStamp: Hashable, Sendable {
  package var device: UInt64
  package var inode: UInt64
  /// In octets.
  package var size: Int64
  /// When the content changed.
  package var modified: FileTime
  /// When content or attributes changed, which nobody can set back.
  package var changed: FileTime
  /// Neither a folder nor a device, pipe or socket.
  package var isRegular: Bool

  package init(
    device: UInt64, inode: UInt64, size: Int64, modified: FileTime, changed: FileTime, isRegular: Bool
  ) {
    self.device = device
    self.inode = inode
    self.size = size
    self.modified = modified
    self.changed = changed
    self.isRegular = isRegular
  }

  package init(_ status: stat) {
    self.init(
      device: UInt64(status.st_dev), inode: UInt64(status.st_ino), size: Int64(status.st_size),
      modified: FileTime(status.st_mtim), changed: FileTime(status.st_ctim),
      isRegular: status.st_mode & S_IFMT == S_IFREG)
  }

  /// Whether it is of the same file, whichever paths led to the two.
  package func isOfSameFile(as other: FileStamp) -> Bool { device == other.device && inode == other.inode }

  /// Whether the file may have been written while it was read, or after, without another stamp to show for
  /// it.
  ///
  /// - Parameter start: the `FileTime.now` from before reading.
  package func mayHaveChanged(since start: FileTime) -> Bool { changed >= start }
}

/// A moment as file systems know them. In a single integer nanoseconds would end in the year 2262, and
/// anybody can give a file a later date.
package struct FileTime: Hashable, Comparable, Sendable {
  /// Since 1970.
  package var seconds: Int64
  /// 0 to 999,999,999, to be added.
  package var nanoseconds: Int64

  package init(seconds: Int64, nanoseconds: Int64) {
    self.seconds = seconds
    self.nanoseconds = nanoseconds
  }

  init(_ time: timespec) {
    self.init(seconds: Int64(time.tv_sec), nanoseconds: Int64(time.tv_nsec))
  }

  /// The wall clock that the kernel stamps files with. It lags behind by up to a timer tick, so a file
  /// stamped at or after a reading of it may have been written after that reading.
  package static var now: FileTime {
    var now = timespec()
    _ = unsafe clock_gettime(CLOCK_REALTIME_COARSE, &now)
    return FileTime(now)
  }

  package static func < (left: FileTime, right: FileTime) -> Bool {
    (left.seconds, left.nanoseconds) < (right.seconds, right.nanoseconds)
  }
}
