import Glibc
import TestSupport
import Testing

@testable import Control

struct ControlSocketTests {
  private static func mode(of path: String) -> mode_t {
    var status = stat()
    return stat(path, &status) == 0 ? status.st_mode & 0o7777 : 0
  }

  @Test(arguments: [ControlSocket.privateMode, ControlSocket.openMode, 0o600])
  func permissions(_ mode: mode_t) throws {
    let folder = TemporaryFolder()
    let socket = try ControlSocket("\(folder.path)/control", mode: mode)
    #expect(Self.mode(of: socket.path) == mode)
    // It is in place under its own name only.
    #expect(
      try System.entries(of: folder.path) { !$0.hasPrefix(".") }.map(\.name) == ["control", "control.lock"])
    socket.remove()
    #expect(try System.entries(of: folder.path) { !$0.hasPrefix(".") }.map(\.name) == ["control.lock"])
  }

  @Test(.enabled(if: geteuid() == 0, "needs root, to become another user")) func othersAreKeptOut() throws {
    let folder = TemporaryFolder()
    let socket = try ControlSocket("\(folder.path)/control")
    let nobody = try #require(try System.account(named: "nobody"))
    let child = fork()
    if child == 0 {
      let isRefused =
        setgroups(0, nil) == 0 && setgid(nobody.groupID) == 0 && setuid(nobody.userID) == 0
        && (try? System.connect(try System.unixSocket(), to: socket.path)) == nil && errno == EACCES
      _exit(isRefused ? 0 : 1)
    }
    var status: Int32 = 0
    #expect(waitpid(child, &status, 0) == child)
    #expect(status == 0)
  }

  @Test func socketOfADeadServerIsReplaced() throws {
    let folder = TemporaryFolder()
    let path = "\(folder.path)/control"
    do {
      // Its object goes without removing it, as a server does that is killed.
      _ = try ControlSocket(path)
    }
    #expect(throws: SystemError(action: "connect to \(path)", code: ECONNREFUSED)) {
      try System.connect(try System.unixSocket(), to: path)
    }
    let socket = try ControlSocket(path)
    try System.connect(try System.unixSocket(), to: path)
    socket.remove()
  }

  @Test func whatADeadServerLeftUnfinishedIsRemoved() throws {
    let folder = TemporaryFolder()
    // Killed after it was bound, before it was put in place.
    _ = try System.bind(try System.unixSocket(), to: "\(folder.path)/control.new")
    let socket = try ControlSocket("\(folder.path)/control")
    #expect(
      try System.entries(of: folder.path) { !$0.hasPrefix(".") }.map(\.name) == ["control", "control.lock"])
    socket.remove()
  }

  @Test func socketInUseIsNotTaken() throws {
    let folder = TemporaryFolder()
    let path = "\(folder.path)/control"
    let socket = try ControlSocket(path)
    #expect(throws: ControlSocket.Failure.inUse(path: path)) { try ControlSocket(path) }
    // Not even when somebody has removed the lock.
    folder.remove("control.lock")
    #expect(throws: ControlSocket.Failure.inUse(path: path)) { try ControlSocket(path) }
    try System.connect(try System.unixSocket(), to: path)
    socket.remove()
  }

  @Test func startsAtOnce() async throws {
    for _ in 0..<50 {
      let folder = TemporaryFolder()
      let path = "\(folder.path)/control"
      _ = try ControlSocket(path)
      let sockets = await withTaskGroup(of: ControlSocket?.self) { group in
        for _ in 0..<8 { group.addTask { await BackgroundThread.run { try? ControlSocket(path) } } }
        return await group.reduce(into: []) { $0.append($1) }
      }
      #expect(sockets.compactMap(\.self).count == 1)
      try System.connect(try System.unixSocket(), to: path)
    }
  }

  @Test func otherFilesAreLeftAlone() throws {
    let folder = TemporaryFolder()
    let path = folder.write("control", "precious")
    #expect(throws: ControlSocket.Failure.notSocket(path: path)) { try ControlSocket(path) }
    #expect(folder.read("control") == "precious")
    // A link to a socket is no socket, or one could be led to another's.
    let other = try ControlSocket("\(folder.path)/other")
    #expect(symlink(other.path, "\(folder.path)/link") == 0)
    #expect(throws: ControlSocket.Failure.notSocket(path: "\(folder.path)/link")) {
      try ControlSocket("\(folder.path)/link")
    }
  }

  @Test func socketThatHasComeInItsPlaceIsLeftAlone() throws {
    let folder = TemporaryFolder()
    let socket = try ControlSocket("\(folder.path)/control")
    let other = try ControlSocket("\(folder.path)/other")
    #expect(rename(other.path, socket.path) == 0)
    socket.remove()
    try System.connect(try System.unixSocket(), to: socket.path)
  }

  @Test func missingFolder() {
    #expect {
      try ControlSocket("/nonexistent/control")
    } throws: { error in
      "\(error)" == "cannot write /nonexistent/control.lock: No such file or directory"
    }
  }

  @Test func pathThatIsTooLong() {
    let path = "/tmp/" + String(repeating: "x", count: 99)
    #expect {
      try ControlSocket(path)
    } throws: { error in
      "\(error)" == "the path of the control socket is too long, it can have 103 octets: \(path)"
    }
  }

  @Test func firstPlaceThatCanBeHad() throws {
    let folder = TemporaryFolder()
    let paths = ["/proc/swiftlet/control", "\(folder.path)/swiftlet/control"]
    let socket = try ControlPlace.open(firstOf: paths)
    #expect(socket.path == paths[1])
    #expect(throws: ControlSocket.Failure.inUse(path: paths[1])) { try ControlPlace.open(firstOf: paths) }
    #expect {
      try ControlPlace.open(firstOf: ["/proc/swiftlet/control", "/proc/other/control"])
    } throws: { error in
      "\(error)" == "cannot write /proc/swiftlet/control.lock: No such file or directory"
    }
  }

  @Test func clientsAreToldWhatHelps() throws {
    let folder = TemporaryFolder()
    let path = "\(folder.path)/control"
    let absent = "no server answers at \(path): is it running? --control PATH names another place"
    #expect(throws: ControlClient.Failure(description: absent)) { try ControlClient(path) }
    _ = try ControlSocket(path)
    #expect(throws: ControlClient.Failure(description: absent)) { try ControlClient(path) }
  }
}
