// Unsafe file. open(2) is variadic, and calls for paths take pointers.
import Glibc
import Synchronization
internal import Zones

/// The Unix socket at which a server takes requests. Who may connect is told by the permissions of its file and
/// folder, and by nothing else.
///
/// A lock on a file beside it, `PATH.lock`, tells a socket in use from one that a server has left behind. It holds the
/// number of the process that has the socket.
final class ControlSocket: Sendable {
  enum Failure: Error, Equatable, CustomStringConvertible {
    case inUse(path: String)
    case tooLong(path: String)
    case notSocket(path: String)
    case system(SystemError)

    var description: String {
      switch self {
      case .inUse(let path): "another server takes requests at \(path)"
      case .tooLong(let path):
        "the path of the control socket is too long, it can have \(ControlSocket.pathLimit) octets: \(path)"
      case .notSocket(let path): "\(path) is there already, and not a socket"
      case .system(let error): error.description
      }
    }
  }

  /// For who may do everything: the owner and the group.
  static let privateMode: mode_t = 0o660
  /// For everybody.
  static let openMode: mode_t = 0o666

  /// What is put behind the path while the socket is made.
  private static let unfinished = ".new"
  /// Octets that the path can have.
  static let pathLimit = System.socketPathLimit - unfinished.utf8.count
  /// Clients that wait to be accepted; of more, those that do not want to wait are refused.
  private static let backlog: Int32 = 1_024

  let path: String
  let listener: OpenFile
  let lock: OpenFile
  private let stamp: FileStamp?
  /// Whether this process is the one that has it.
  private let isOurs: Atomic<Bool>

  /// Takes the path, and puts the socket in place when it listens already. One that no living server holds is
  /// replaced.
  convenience init(_ path: String, mode: mode_t = ControlSocket.privateMode) throws(Failure) {
    guard path.utf8.count <= Self.pathLimit else { throw .tooLong(path: path) }
    let lock: OpenFile
    do throws(SystemError) {
      lock = try Self.lock(path)
    } catch {
      throw error.code == EWOULDBLOCK ? .inUse(path: path) : .system(error)
    }
    try Self.checkPlace(path)
    try self.init(path, mode: mode, lock: lock)
  }

  /// Makes a socket at a path that is locked already.
  private init(_ path: String, mode: mode_t, lock: OpenFile) throws(Failure) {
    self.path = path
    self.lock = lock
    isOurs = Atomic(true)
    // The same for every process, as only one has the lock: one that was killed here has left it behind.
    let temporary = "\(path)\(Self.unfinished)"
    _ = unsafe unlink(temporary)
    do throws(SystemError) {
      listener = try System.unixSocket()
      try System.bind(listener, to: temporary)
    } catch {
      throw .system(error)
    }
    do throws(SystemError) {
      guard unsafe chmod(temporary, mode) == 0 else {
        throw SystemError(action: "set the permissions of \(temporary)", code: errno)
      }
      try System.listen(listener, backlog: Self.backlog)
      guard unsafe rename(temporary, path) == 0 else {
        throw SystemError(action: "make the socket \(path)", code: errno)
      }
    } catch {
      _ = unsafe unlink(temporary)
      throw .system(error)
    }
    stamp = try? System.stamp(of: path)
    _ = PIDFile.mark(lock)
  }

  /// One that another process has and passes on; `take()` says when it is ours. Nil: it is not that of this path.
  init?(_ path: String, passed listener: OpenFile, lock: OpenFile) {
    guard let file = System.stamp(of: lock.number),
      let there = try? System.stamp(of: Self.lockPath(of: path)),
      there.isOfSameFile(as: file)
    else { return nil }
    // As one that is made here.
    _ = fcntl(listener.number, F_SETFL, fcntl(listener.number, F_GETFL) | O_NONBLOCK)
    self.path = path
    self.listener = listener
    self.lock = lock
    stamp = try? System.stamp(of: path)
    isOurs = Atomic(false)
  }

  /// Has it from now on, where it was passed on: the other process has done with it.
  ///
  /// - Parameter mode: of a socket that is made anew, as the other process has removed it.
  func take(mode: mode_t) throws(Failure) -> ControlSocket {
    // Before it is looked whether it is there: from here on the other process does not remove it.
    _ = PIDFile.mark(lock)
    guard isInPlace else { return try ControlSocket(path, mode: mode, lock: lock) }
    isOurs.store(true, ordering: .relaxed)
    return self
  }

  /// Leaves it to another process.
  func release() { isOurs.store(false, ordering: .relaxed) }

  private var isInPlace: Bool {
    guard let stamp, let there = try? System.stamp(of: path) else { return false }
    return there.isOfSameFile(as: stamp)
  }

  /// Removes the socket; one that has since come in its place is not ours. A server that has given up root's
  /// rights may not be allowed to: then the next one replaces it.
  func remove() {
    guard isOurs.load(ordering: .relaxed), isInPlace, !PIDFile.isAnothers(lock) else { return }
    _ = unsafe unlink(path)
  }

  private static func lockPath(of path: String) -> String { "\(path).lock" }

  private static func lock(_ path: String) throws(SystemError) -> OpenFile {
    let name = lockPath(of: path)
    let number = unsafe open(name, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY, 0o600)
    guard number >= 0 else { throw SystemError(action: "write \(name)", code: errno) }
    let file = OpenFile(number)
    guard flock(number, LOCK_EX | LOCK_NB) == 0 else {
      throw SystemError(action: "lock \(name)", code: errno)
    }
    return file
  }

  /// What is at the path must be nothing, or a socket that nobody listens at.
  private static func checkPlace(_ path: String) throws(Failure) {
    var status = stat()
    guard unsafe lstat(path, &status) == 0 else { return }
    guard status.st_mode & S_IFMT == S_IFSOCK else { throw .notSocket(path: path) }
    do throws(SystemError) {
      try System.connect(try System.unixSocket(), to: path)
    } catch {
      if error.code == ECONNREFUSED { return }
      // Its server has much to do: the queue of who waits to be accepted is full.
      throw error.code == EAGAIN ? .inUse(path: path) : .system(error)
    }
    throw .inUse(path: path)
  }
}
