import Glibc
import TestSupport
import Testing

@testable import Control

struct PIDFileTests {
  @Test func isWrittenAndRemoved() throws {
    let folder = TemporaryFolder()
    let file = try PIDFile("\(folder.path)/pid")
    #expect(folder.read("pid") == "\(getpid())\n")
    file.remove()
    #expect(folder.read("pid") == nil)
  }

  @Test func staleFileIsReplaced() throws {
    let folder = TemporaryFolder()
    folder.write("pid", "99999\n")
    let file = try PIDFile("\(folder.path)/pid")
    #expect(folder.read("pid") == "\(getpid())\n")
    file.remove()
  }

  @Test func fileInUseIsLeftAlone() throws {
    let folder = TemporaryFolder()
    let path = "\(folder.path)/pid"
    let file = try PIDFile(path)
    #expect(throws: PIDFile.Failure.inUse(path: path)) { try PIDFile(path) }
    #expect(folder.read("pid") == "\(getpid())\n")
    file.remove()
  }

  /// Of any number that start at once, over a file that was left or without one, one gets it.
  @Test(arguments: [true, false]) func startsAtOnce(_ isStale: Bool) async throws {
    for _ in 0..<100 {
      let folder = TemporaryFolder()
      let path = "\(folder.path)/pid"
      if isStale { folder.write("pid", "99999\n") }
      let files = await withTaskGroup(of: Result<PIDFile, PIDFile.Failure>.self) { group in
        for _ in 0..<8 {
          group.addTask {
            await BackgroundThread.run { Result { () throws(PIDFile.Failure) in try PIDFile(path) } }
          }
        }
        return await group.reduce(into: []) { $0.append($1) }
      }
      let failures = files.compactMap { result -> PIDFile.Failure? in
        if case .failure(let failure) = result { failure } else { nil }
      }
      #expect(failures == Array(repeating: .inUse(path: path), count: 7))
      #expect(folder.read("pid") == "\(getpid())\n")
      #expect(throws: PIDFile.Failure.inUse(path: path)) { try PIDFile(path) }
      for file in files { try? file.get().remove() }
      #expect(try System.entries(of: folder.path) { !$0.hasPrefix(".") }.isEmpty)
    }
  }

  /// What somebody else has put in place of the file is theirs.
  @Test func foreignFileIsLeftAlone() throws {
    let folder = TemporaryFolder()
    let file = try PIDFile("\(folder.path)/pid")
    folder.write("pid", "12345\n")
    file.remove()
    #expect(folder.read("pid") == "12345\n")
  }

  @Test func device() throws {
    let folder = TemporaryFolder()
    let path = "\(folder.path)/pid"
    #expect(mkfifo(path, 0o600) == 0)
    #expect(throws: PIDFile.Failure.notRegular(path: path)) { try PIDFile(path) }
  }

  /// One that was killed before its file was in place is cleaned up after.
  @Test func leftoverIsReplaced() throws {
    let folder = TemporaryFolder()
    folder.write("pid.new", "99999\n")
    let file = try PIDFile("\(folder.path)/pid")
    #expect(folder.read("pid.new") == nil)
    #expect(folder.read("pid") == "\(getpid())\n")
    file.remove()
    #expect(try System.entries(of: folder.path) { !$0.hasPrefix(".") }.isEmpty)
  }

  @Test func missingFolder() {
    #expect {
      try PIDFile("/nonexistent/pid")
    } throws: { error in
      "\(error)" == "cannot write /nonexistent/pid: No such file or directory"
    }
  }
}
