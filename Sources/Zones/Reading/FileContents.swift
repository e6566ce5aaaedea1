// Unsafe file. fstat(2) and read(2) fill memory that they are given the address of; its length goes with it.
// The system's text for an error number comes as a C string. Nothing else here handles addresses.

import DNSWire
import Glibc

/// A file's octets in memory, and the state of the file that they are from.
///
/// Read, not mapped: a mapped file that an editor shortens under the reader would end the process.
package struct FileContents {
  package enum ReadError: Error {
    /// The system's reason, such as "No such file or directory".
    case system(String)
    case folder
    /// A pipe, a device or a socket, reading from which could wait for ever.
    case special
    case tooLarge
    case changing
  }

  /// Lines and columns of larger files would not fit into positions.
  static let maximumSize = Int(UInt32.max)

  /// How long a file that changed while it was read is left alone, in microseconds: more than a tick of
  /// the clock that stamps files.
  private static let pause: UInt32 = 10_000

  package let octets: [UInt8]
  package let stamp: FileStamp
  /// Of the octets.
  package let hash: UInt64

  /// How often a file is read before it is given up as one that never rests.
  private static let readingLimit = 4

  /// Reads the whole file in one state. One that is being written is read again, as its octets may be partly
  /// from before and partly from after.
  package init(path: String) throws(ReadError) {
    var reading = try Reading(path)
    var count = 1
    while !reading.isCertain {
      guard count < Self.readingLimit else { throw .changing }
      let hash = reading.hash
      if reading.changed || count > 1 { usleep(Self.pause) }
      reading = try Reading(path)
      count += 1
      // Twice the same is a state of the file, though it may since have another.
      if reading.hash == hash { break }
    }
    octets = reading.octets
    stamp = reading.stamp
    hash = reading.hash
  }

  /// What reading once came to.
  private struct Reading {
    let octets: [UInt8]
    let stamp: FileStamp
    let hash: UInt64
    /// Whether the file was seen to change meanwhile.
    let changed: Bool
    /// Whether the file cannot have changed meanwhile.
    let isCertain: Bool

    init(_ path: String) throws(ReadError) {
      // Opening a pipe to read from it would wait for a writer, but for O_NONBLOCK.
      let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
      guard descriptor >= 0 else { throw .system(reason(errno)) }
      defer { close(descriptor) }
      let start = FileTime.now
      let (before, isFolder) = try status(of: descriptor)
      guard !isFolder else { throw .folder }
      guard before.isRegular else { throw .special }
      let octets = try read(descriptor, expecting: Int(before.size))
      let after = try status(of: descriptor).stamp
      let isSame = after == before && octets.count == Int(before.size)
      changed = !isSame
      isCertain = isSame && !before.mayHaveChanged(since: start)
      self.octets = octets
      stamp = before
      hash = ContentHash.of(octets.span.octets)
    }
  }

  private static func status(
    of descriptor: CInt
  ) throws(ReadError) -> (stamp: FileStamp, isFolder: Bool) {
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0 else { throw .system(reason(errno)) }
    return (FileStamp(status), status.st_mode & S_IFMT == S_IFDIR)
  }

  private static func read(_ descriptor: CInt, expecting size: Int) throws(ReadError) -> [UInt8] {
    guard size < maximumSize else { throw .tooLarge }
    var failure: CInt = 0
    // One octet more than expected, by which a file that has grown is seen.
    let octets = unsafe [UInt8](unsafeUninitializedCapacity: size + 1) { buffer, count in
      guard let base = buffer.baseAddress else { return }
      while count < buffer.count {
        let result = unsafe Glibc.read(descriptor, base + count, buffer.count - count)
        if result == 0 { break }
        if result < 0 && errno == EINTR { continue }
        guard result > 0 else {
          failure = errno
          break
        }
        count += result
      }
    }
    guard failure == 0 else { throw .system(reason(failure)) }
    return octets
  }

  private static func reason(_ code: CInt) -> String {
    guard let text = unsafe strerror(code) else { return "error \(code)" }
    return unsafe String(cString: text)
  }
}

extension FileContents.ReadError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .system(let reason): reason
    case .folder: "it is a folder; name a file"
    case .special: "it is a pipe, a device or a socket; name a regular file"
    case .tooLarge: "it is larger than 4 GiB"
    case .changing:
      "it is being written; write new versions to a file beside it that then takes its name, "
        + "or reload when all is written"
    }
  }
}
