// Unsafe file. read(2) fills memory that it is given the address of; its length goes with it. The system's
// text for an error number comes as a C string. Nothing else here handles addresses.

import Glibc

/// A file's octets in memory, and which file it is.
///
/// Read, not mapped: a mapped file that an editor shortens under the reader would end the process.
struct FileContents {
  /// Names one file, whichever path led to it.
  struct Identity: Equatable {
    let device: UInt
    let inode: UInt
  }

  enum ReadError: Error {
    /// The system's reason, such as "No such file or directory".
    case system(String)
    case folder
    case tooLarge
  }

  /// Lines and columns of larger files would not fit into positions.
  static let maximumSize = Int(UInt32.max)

  let octets: [UInt8]
  let identity: Identity

  init(path: String) throws(ReadError) {
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .system(Self.reason(errno)) }
    defer { close(descriptor) }
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0 else { throw .system(Self.reason(errno)) }
    guard status.st_mode & S_IFMT != S_IFDIR else { throw .folder }
    identity = Identity(device: UInt(status.st_dev), inode: UInt(status.st_ino))
    octets = try Self.read(descriptor, expecting: Int(status.st_size))
  }

  private static func read(_ descriptor: CInt, expecting size: Int) throws(ReadError) -> [UInt8] {
    guard size < maximumSize else { throw .tooLarge }
    // One octet more than expected, so that the end is seen without growing; pipes state no size.
    var capacity = max(size + 1, 1 << 16)
    var octets: [UInt8] = []
    while true {
      var failure: CInt = 0
      let filled = octets.count
      let room = capacity
      let more = unsafe [UInt8](unsafeUninitializedCapacity: room - filled) { buffer, count in
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
      let isWhole = more.count < room - filled
      octets = octets.isEmpty ? more : octets + more
      if isWhole { return octets }
      guard capacity <= maximumSize / 2 else { throw .tooLarge }
      capacity *= 2
    }
  }

  private static func reason(_ code: CInt) -> String {
    guard let text = unsafe strerror(code) else { return "error \(code)" }
    return unsafe String(cString: text)
  }
}

extension FileContents.ReadError: CustomStringConvertible {
  var description: String {
    switch self {
    case .system(let reason): reason
    case .folder: "it is a folder; name a file"
    case .tooLarge: "it is larger than 4 GiB"
    }
  }
}
