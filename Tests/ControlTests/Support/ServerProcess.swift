import Glibc
import Synchronization
import Testing

/// The built `swiftlet` as a child process, with what it writes.
final class ServerProcess {
  struct TimedOut: Error, CustomStringConvertible {
    let description: String
  }

  let process: Int32
  private let outputEnd: Int32
  private var unread: [UInt8] = []
  private var isAlive = true
  /// Everything read so far, standard error and standard output together.
  private(set) var lines: [String] = []

  /// - Parameter closesStandardError: starts it with file descriptor 2 closed, its output on 1 only.
  init(_ arguments: [String], closesStandardError: Bool = false) throws {
    (process, outputEnd) = try Self.spawning.withLock { _ in
      try Self.spawn(arguments, closesStandardError: closesStandardError)
    }
  }

  /// One at a time: between opening a pipe and marking it to be closed, another child would inherit it and
  /// keep it open.
  private static let spawning = Mutex(())

  private static func spawn(
    _ arguments: [String], closesStandardError: Bool
  ) throws -> (process: Int32, outputEnd: Int32) {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { fatalError("no pipe") }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    posix_spawn_file_actions_adddup2(&actions, ends[1], 1)
    if closesStandardError {
      posix_spawn_file_actions_addclose(&actions, 2)
    } else {
      posix_spawn_file_actions_adddup2(&actions, ends[1], 2)
    }
    var words: [UnsafeMutablePointer<CChar>?] = ([binary] + arguments).map { strdup($0) } + [nil]
    var child: pid_t = 0
    let status = posix_spawn(&child, binary, &actions, nil, &words, environ)
    for word in words { free(word) }
    posix_spawn_file_actions_destroy(&actions)
    close(ends[1])
    guard status == 0 else {
      close(ends[0])
      throw TimedOut(description: "cannot start \(binary): error \(status)")
    }
    return (child, ends[0])
  }

  /// Next to the bundle of the tests, where the build puts it.
  private static var binary: String {
    let arguments = CommandLine.arguments
    var bundle = arguments.first ?? ""
    if let flag = arguments.firstIndex(of: "--test-bundle-path"), arguments.indices.contains(flag + 1) {
      bundle = arguments[flag + 1]
    }
    let folder = bundle.lastIndex(of: "/").map { bundle[..<$0] } ?? "."
    return "\(folder)/swiftlet"
  }

  /// Reads lines until one contains `text`, and returns it. Lines from before are not looked at again.
  @discardableResult
  func line(containing text: String) throws -> String {
    while let line = try nextLine() {
      if line.contains(text) { return line }
    }
    throw TimedOut(description: "no line with '\(text)' in \(lines)")
  }

  /// Waits for its end.
  func exitStatus() throws -> Int32 {
    while try nextLine() != nil {}
    var status: Int32 = 0
    guard waitpid(process, &status, 0) == process else { throw TimedOut(description: "no child") }
    isAlive = false
    return status & 0x7f == 0 ? status >> 8 & 0xff : -(status & 0x7f)
  }

  func send(_ signal: Int32) { kill(process, signal) }

  /// The next line of output; nil at its end.
  private func nextLine() throws -> String? {
    while true {
      if let end = unread.firstIndex(of: UInt8(ascii: "\n")) {
        let line = String(decoding: unread[..<end], as: UTF8.self)
        unread.removeSubrange(...end)
        lines.append(line)
        return line
      }
      var request = pollfd(fd: outputEnd, events: Int16(POLLIN), revents: 0)
      // Far longer than anything takes, so that a slow machine fails nothing.
      guard poll(&request, 1, 60_000) > 0 else { throw TimedOut(description: "silence after \(lines)") }
      var chunk = [UInt8](repeating: 0, count: 65_536)
      let count = read(outputEnd, &chunk, chunk.count)
      guard count > 0 else { return nil }
      unread += chunk[..<count]
    }
  }

  deinit {
    if isAlive {
      kill(process, SIGKILL)
      waitpid(process, nil, 0)
    }
    close(outputEnd)
  }
}
