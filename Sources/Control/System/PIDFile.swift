// Unsafe file. open(2) is variadic and write(2) takes a pointer.
import Glibc
internal import Zones

/// The file that holds the number of the running process, and a lock on it, by which a file that is left
/// over from a process that died is told from one in use.
final class PIDFile: Sendable {
  enum Failure: Error, Equatable, CustomStringConvertible {
    case inUse(path: String)
    case notRegular(path: String)
    case system(SystemError)

    var description: String {
      switch self {
      case .inUse(let path): "another server runs with the pid file \(path)"
      case .notRegular(let path): "the pid file \(path) is there already, and not a regular file"
      case .system(let error): error.description
      }
    }
  }

  private let path: String
  private let descriptor: Int32

  /// Takes the path, and puts the file in place whole. One that no living process holds is replaced.
  convenience init(_ path: String) throws(Failure) {
    // While this is locked nobody else gets further than here.
    let place = try Self.lock(path)
    defer { close(place) }
    let temporary = "\(path).\(getpid())"
    // Left over from a process of the same number, as all have in a container.
    _ = unsafe unlink(temporary)
    let descriptor = unsafe open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o644)
    guard descriptor >= 0 else { throw .system(SystemError(action: "write \(temporary)", code: errno)) }
    let text = Array("\(getpid())\n".utf8)
    // Locked before it is in place, so that at no time the path leads to a file that is free.
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

  /// Removes the file; one that has since come in its place is not ours. A server that has given up root's rights may
  /// not be allowed to: then it empties the file, for which the open descriptor is enough.
  func remove() {
    defer { close(descriptor) }
    guard Self.isOf(descriptor, path) else { return }
    if unsafe unlink(path) != 0 { _ = ftruncate(descriptor, 0) }
  }

  /// Locks the file at the path, which is made if there is none.
  private static func lock(_ path: String) throws(Failure) -> Int32 {
    while true {
      let descriptor = unsafe open(
        path, O_RDONLY | O_CREAT | O_CLOEXEC | O_NONBLOCK | O_NOFOLLOW | O_NOCTTY, 0o644)
      guard descriptor >= 0 else { throw .system(SystemError(action: "write \(path)", code: errno)) }
      guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
        let code = errno
        close(descriptor)
        throw code == EWOULDBLOCK
          ? .inUse(path: path) : .system(SystemError(action: "lock \(path)", code: code))
      }
      guard System.stamp(of: descriptor)?.isRegular == true else {
        close(descriptor)
        throw .notRegular(path: path)
      }
      if isOf(descriptor, path) { return descriptor }
      // Another was faster: it has put its own file in place since this one was opened.
      close(descriptor)
    }
  }

  /// Whether a path leads to an open file.
  private static func isOf(_ descriptor: Int32, _ path: String) -> Bool {
    guard let own = System.stamp(of: descriptor), let there = try? System.stamp(of: path) else {
      return false
    }
    return own.isOfSameFile(as: there)
  }
}
