import Glibc
import Testing

@testable import Control

struct PIDFileTests {
  @Test func isWrittenAndRemoved() throws {
    let folder = Folder()
    let file = try PIDFile("\(folder.path)/pid")
    #expect(folder.read("pid") == "\(getpid())\n")
    file.remove()
    #expect(folder.read("pid") == nil)
  }

  @Test func staleFileIsReplaced() throws {
    let folder = Folder()
    folder.write("pid", "99999\n")
    let file = try PIDFile("\(folder.path)/pid")
    #expect(folder.read("pid") == "\(getpid())\n")
    file.remove()
  }

  @Test func fileInUseIsLeftAlone() throws {
    let folder = Folder()
    let path = "\(folder.path)/pid"
    let file = try PIDFile(path)
    #expect(throws: PIDFile.Failure.inUse(path: path)) { try PIDFile(path) }
    #expect(folder.read("pid") == "\(getpid())\n")
    file.remove()
  }

  @Test func missingFolder() {
    #expect {
      try PIDFile("/nonexistent/pid")
    } throws: { error in
      "\(error)" == "cannot write /nonexistent/pid.\(getpid()): No such file or directory"
    }
  }
}
