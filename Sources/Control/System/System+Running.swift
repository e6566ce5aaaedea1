// Unsafe file. posix_spawn(3) takes arrays of C strings, which are freed after the call, and attributes that are
// passed by pointer.
import CLinux
import Glibc

extension System {
  /// How a program ended.
  enum Ending: Equatable {
    case status(Int32)
    case signal(Int32)
    /// It took too long.
    case killed
  }

  /// Runs a program to its end, with nothing to read and its output thrown away but for errors, which go where ours
  /// do. Blocks.
  ///
  /// - Parameters:
  ///   - command: its path and arguments, at least the path.
  ///   - environment: all that it gets, as `NAME=VALUE`.
  ///   - timeout: after which it is killed, with all that it has started and that has stayed in its process group.
  static func run(
    _ command: [String], environment: [String], timeout: Duration
  ) throws(SystemError) -> Ending {
    let action = "run \(command[0])"
    let child = try spawn(command, environment, action)
    let file = cl_process_file(child)
    var requests = [pollfd(fd: file, events: Int16(POLLIN), revents: 0)]
    if file >= 0 {
      wait(for: &requests, milliseconds: Int32(timeout / .milliseconds(1)))
      close(file)
    }
    // Also where there is no telling how long it takes.
    let isLate = requests[0].revents == 0
    if isLate { kill(-child, SIGKILL) }
    var status: Int32 = 0
    while unsafe waitpid(child, &status, 0) < 0 {
      guard errno == EINTR else { throw SystemError(action: action, code: errno) }
    }
    if isLate { return .killed }
    // As in <sys/wait.h>: the low bits hold the signal, those above the status.
    return status & 0x7f == 0 ? .status(status >> 8 & 0xff) : .signal(status & 0x7f)
  }

  private static func spawn(
    _ command: [String], _ environment: [String], _ action: String
  ) throws(SystemError) -> pid_t {
    var actions = unsafe posix_spawn_file_actions_t()
    unsafe posix_spawn_file_actions_init(&actions)
    defer { unsafe posix_spawn_file_actions_destroy(&actions) }
    unsafe posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    unsafe posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
    var attributes = posix_spawnattr_t()
    unsafe posix_spawnattr_init(&attributes)
    defer { unsafe posix_spawnattr_destroy(&attributes) }
    // Signals that are held back or ignored here would be so there.
    var signals = sigset_t()
    unsafe sigemptyset(&signals)
    unsafe posix_spawnattr_setsigmask(&attributes, &signals)
    unsafe sigfillset(&signals)
    unsafe posix_spawnattr_setsigdefault(&attributes, &signals)
    unsafe posix_spawnattr_setpgroup(&attributes, 0)
    unsafe posix_spawnattr_setflags(
      &attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP))
    var words = unsafe command.map { unsafe strdup($0) } + [nil]
    var variables = unsafe environment.map { unsafe strdup($0) } + [nil]
    defer {
      let copies = unsafe words + variables
      for index in unsafe copies.indices { unsafe free(copies[index]) }
    }
    var child: pid_t = 0
    let status = unsafe posix_spawn(&child, command[0], &actions, &attributes, &words, &variables)
    guard status == 0 else { throw SystemError(action: action, code: status) }
    return child
  }
}
