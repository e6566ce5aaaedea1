// Unsafe file. open(2) is variadic and write(2) takes a pointer.
import Glibc
import Synchronization
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
  /// Locked.
  let file: OpenFile
  /// Whether this process is the one that it is about.
  private let isOurs: Atomic<Bool>

  /// Takes the path, and puts the file in place whole. One that no living process holds is replaced.
  convenience init(_ path: String) throws(Failure) {
    // While this is locked nobody else gets further than here.
    let place = try Self.lock(path)
    defer { close(place) }
    // The same for every process, as only one has the lock: one that was killed here has left it behind.
    let temporary = "\(path).new"
    _ = unsafe unlink(temporary)
    let descriptor = unsafe open(temporary, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o644)
    guard descriptor >= 0 else { throw .system(SystemError(action: "write \(temporary)", code: errno)) }
    let file = OpenFile(descriptor)
    // Locked before it is in place, so that at no time the path leads to a file that is free.
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0, Self.mark(file),
      unsafe rename(temporary, path) == 0
    else {
      let error = SystemError(action: "write \(path)", code: errno)
      _ = unsafe unlink(temporary)
      throw .system(error)
    }
    self.init(path, file, isOurs: true)
  }

  /// The file of another process, which passes it on with its lock; `take()` says when it is ours. Nil: it is not that
  /// of this path.
  convenience init?(_ path: String, passed file: OpenFile) {
    guard Self.isOf(file.number, path) else { return nil }
    self.init(path, file, isOurs: false)
  }

  private init(_ path: String, _ file: OpenFile, isOurs: Bool) {
    self.path = path
    self.file = file
    self.isOurs = Atomic(isOurs)
  }

  /// Has it from now on, where it was passed on: the other process is about to leave.
  ///
  /// - Returns: itself, or one that is made anew, as the other process has removed it.
  func take() throws(Failure) -> PIDFile {
    guard Self.isOf(file.number, path) else { return try PIDFile(path) }
    guard Self.mark(file) else { throw .system(SystemError(action: "write \(path)", code: errno)) }
    isOurs.store(true, ordering: .relaxed)
    return self
  }

  /// Leaves it to another process.
  func release() { isOurs.store(false, ordering: .relaxed) }

  /// Writes the number of this process in place of another, which at no time leaves the file empty.
  static func mark(_ file: OpenFile) -> Bool {
    let text = Array("\(getpid())\n".utf8)
    return unsafe pwrite(file.number, text, text.count, 0) == text.count
      && ftruncate(file.number, text.count) == 0
  }

  /// Whether a file holds the number of another process, which has taken it.
  static func isAnothers(_ file: OpenFile) -> Bool {
    guard let octets = try? System.contents(of: file, limit: 64),
      let number = Int32(String(decoding: octets, as: UTF8.self).dropLast())
    else { return false }
    return number != getpid()
  }

  /// Removes the file; one that has since come in its place is not ours. A server that has given up root's rights may
  /// not be allowed to: then it empties the file, for which the open descriptor is enough.
  func remove() {
    guard isOurs.load(ordering: .relaxed), Self.isOf(file.number, path), !Self.isAnothers(file) else {
      return
    }
    if unsafe unlink(path) != 0 { _ = ftruncate(file.number, 0) }
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
