// Unsafe file. stat(2), read(2) and readdir(3) fill memory that is passed by pointer.
import Glibc
internal import Zones

extension System {
  /// The state of a file, links followed.
  static func stamp(of path: String) throws(SystemError) -> FileStamp {
    var status = stat()
    guard unsafe stat(path, &status) == 0 else {
      throw SystemError(action: "read \(path)", code: errno)
    }
    return FileStamp(status)
  }

  /// The state of an open file; nil: the system does not say.
  static func stamp(of descriptor: Int32) -> FileStamp? {
    var status = stat()
    return unsafe fstat(descriptor, &status) == 0 ? FileStamp(status) : nil
  }

  /// A file in a folder; its stamp is nil when it has gone or its link leads nowhere.
  typealias Entry = (name: String, stamp: FileStamp?)

  /// The files in a folder whose names satisfy `isWanted`, in the order of their names.
  static func entries(
    of folder: String, where isWanted: (String) -> Bool
  ) throws(SystemError) -> [Entry] {
    guard let stream = unsafe opendir(folder) else {
      throw SystemError(action: "read the folder \(folder)", code: errno)
    }
    defer { _ = unsafe closedir(stream) }
    let descriptor = unsafe dirfd(stream)
    var entries: [Entry] = []
    while true {
      errno = 0
      guard let entry = unsafe readdir(stream) else { break }
      let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        unsafe pointer.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
      }
      guard isWanted(name) else { continue }
      var status = stat()
      let found = unsafe fstatat(descriptor, name, &status, 0) == 0
      entries.append((name, found ? FileStamp(status) : nil))
    }
    guard errno == 0 else { throw SystemError(action: "read the folder \(folder)", code: errno) }
    return entries.sorted { $0.name < $1.name }
  }

  /// A file to which is added what is written; where there is none, it is made, for its owner and group alone.
  static func openToAppend(_ path: String) throws(SystemError) -> OpenFile {
    // A pipe that nobody reads would be waited for, but for O_NONBLOCK.
    let flags = O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOCTTY | O_NONBLOCK
    let descriptor = unsafe open(path, flags, 0o640)
    guard descriptor >= 0 else { throw SystemError(action: "write \(path)", code: errno) }
    return OpenFile(descriptor)
  }

  /// The content of a file of at most `limit` octets.
  static func contents(of path: String, limit: Int) throws(SystemError) -> [UInt8] {
    let action = "read \(path)"
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw SystemError(action: action, code: errno) }
    defer { _ = close(descriptor) }
    var contents: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 16_384)
    while true {
      let count = unsafe read(descriptor, &chunk, chunk.count)
      if count == 0 { return contents }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw SystemError(action: action, code: errno) }
      contents += chunk[..<count]
      guard contents.count <= limit else { throw SystemError(action: action, code: EFBIG) }
    }
  }
}
