// Unsafe file. open(2) is variadic and write(2) takes a pointer.
import Glibc

/// The file that holds the number of the running process, and a lock on it, by which a file that is left
/// over from a process that died is told from one in use.
final class PIDFile: Sendable {
  enum Failure: Error, Equatable, CustomStringConvertible {
    case inUse(path: String)
    case system(SystemError)

    var description: String {
      switch self {
      case .inUse(let path): "another server runs with the pid file \(path)"
      case .system(let error): error.description
      }
    }
  }

  private let path: String
  private let descriptor: Int32

  /// Writes the file aside and puts it in place whole. One that no living process holds is replaced.
  convenience init(_ path: String) throws(Failure) {
    guard !Self.isHeld(path) else { throw .inUse(path: path) }
    let temporary = "\(path).\(getpid())"
    let descriptor = unsafe open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o644)
    guard descriptor >= 0 else { throw .system(SystemError(action: "write \(temporary)", code: errno)) }
    let text = Array("\(getpid())\n".utf8)
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0,
      unsafe Glibc.write(descriptor, text, text.count) == text.count,
      unsafe rename(temporary, path) == 0
    else {
      let error = SystemError(action: "write \(path)", code: errno)
      _ = unsafe unlink(temporary)
      close(descriptor)
      throw .system(error)
    }
    self.init(path: path, descriptor: descriptor)
  }

  private init(path: String, descriptor: Int32) {
    self.path = path
    self.descriptor = descriptor
  }

  /// Removes the file. A server that has given up root's rights may not be allowed to: then it empties
  /// the file, for which the open descriptor is enough.
  func remove() {
    if unsafe unlink(path) != 0 { _ = ftruncate(descriptor, 0) }
    close(descriptor)
  }

  private static func isHeld(_ path: String) -> Bool {
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { return false }
    defer { _ = close(descriptor) }
    return flock(descriptor, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK
  }
}
