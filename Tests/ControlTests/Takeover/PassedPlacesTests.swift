import Glibc
import TestSupport
import Testing

@testable import Control

/// The control socket and pid file of one process, as another has them that takes over.
struct PassedPlacesTests {
  private static func copy(_ file: OpenFile) -> OpenFile { OpenFile(System.duplicate(file)) }

  @Test func theControlSocketChangesHands() throws {
    let folder = TemporaryFolder()
    let path = "\(folder.path)/control"
    let old = try ControlSocket(path)
    let new = try #require(
      ControlSocket(path, passed: Self.copy(old.listener), lock: Self.copy(old.lock)))
    // Until it is taken, it is not the new one's to remove.
    new.remove()
    #expect(try System.stamp(of: path).isOfSameFile(as: try System.stamp(of: path)))
    old.release()
    let taken = try new.take(mode: ControlSocket.privateMode)
    #expect(taken === new)
    old.remove()
    try System.connect(try System.unixSocket(), to: path)
    #expect(try System.accept(taken.listener) != nil)
    #expect(throws: ControlSocket.Failure.inUse(path: path)) { try ControlSocket(path) }
    taken.remove()
    #expect(throws: SystemError.self) { try System.stamp(of: path) }
  }

  @Test func aControlSocketThatWasRemovedIsMadeAnew() throws {
    let folder = TemporaryFolder()
    let path = "\(folder.path)/control"
    let old = try ControlSocket(path)
    let new = try #require(
      ControlSocket(path, passed: Self.copy(old.listener), lock: Self.copy(old.lock)))
    old.remove()
    let taken = try new.take(mode: 0o600)
    try System.connect(try System.unixSocket(), to: path)
    #expect(try System.accept(taken.listener) != nil)
    var status = stat()
    #expect(stat(path, &status) == 0 && status.st_mode & 0o777 == 0o600)
    taken.remove()
  }

  @Test func anotherPlaceIsNotThatOfThePath() throws {
    let folder = TemporaryFolder()
    let old = try ControlSocket("\(folder.path)/control")
    let path = "\(folder.path)/other"
    #expect(ControlSocket(path, passed: Self.copy(old.listener), lock: Self.copy(old.lock)) == nil)
    let file = try PIDFile("\(folder.path)/pid")
    #expect(PIDFile(path, passed: Self.copy(file.file)) == nil)
    file.remove()
    old.remove()
  }

  @Test func thePIDFileChangesHands() throws {
    let folder = TemporaryFolder()
    let path = "\(folder.path)/pid"
    let old = try PIDFile(path)
    // As of a process with a longer number.
    #expect(pwrite(old.file.number, "123456789012\n", 13, 0) == 13)
    let new = try #require(PIDFile(path, passed: Self.copy(old.file)))
    new.remove()
    #expect(folder.read("pid") == "123456789012\n")
    old.release()
    #expect(try new.take() === new)
    #expect(folder.read("pid") == "\(getpid())\n")
    old.remove()
    #expect(throws: PIDFile.Failure.inUse(path: path)) { try PIDFile(path) }
    new.remove()
    #expect(folder.read("pid") == nil)
  }

  /// The process that was told to leave has not read it, and ends by itself.
  @Test func whatAnotherHasTakenIsNotRemoved() throws {
    let folder = TemporaryFolder()
    let path = "\(folder.path)/control"
    let socket = try ControlSocket(path)
    let file = try PIDFile("\(folder.path)/pid")
    #expect(folder.read("control.lock") == "\(getpid())\n")
    for number in [socket.lock.number, file.file.number] {
      #expect(pwrite(number, "1\n", 2, 0) == 2 && ftruncate(number, 2) == 0)
    }
    socket.remove()
    file.remove()
    #expect(folder.read("pid") == "1\n")
    try System.connect(try System.unixSocket(), to: path)
    for mark in [socket.lock, file.file] { #expect(PIDFile.mark(mark)) }
    socket.remove()
    file.remove()
    #expect(folder.read("pid") == nil)
    #expect(throws: SystemError.self) { try System.stamp(of: path) }
  }

  @Test func aPIDFileThatWasRemovedIsMadeAnew() throws {
    let folder = TemporaryFolder()
    let path = "\(folder.path)/pid"
    let old = try PIDFile(path)
    let new = try #require(PIDFile(path, passed: Self.copy(old.file)))
    old.remove()
    let taken = try new.take()
    #expect(folder.read("pid") == "\(getpid())\n")
    taken.remove()
    #expect(folder.read("pid") == nil)
  }
}
