import Glibc
import TestSupport
import Testing

@testable import Control

struct ZoneFolderTests {
  @Test func sortsOut() throws {
    let folder = TemporaryFolder()
    for name in ["b.example.zone", "a.example.zone", "README", ".hidden.zone", "x..y.zone", "root.zone"] {
      folder.write(name, "")
    }
    folder.write("Twice.example.zone", "")
    folder.write("twice.example.zone", "")
    mkdir("\(folder.path)/folder.example.zone", 0o755)
    symlink("/nonexistent", "\(folder.path)/dangling.example.zone")
    mkfifo("\(folder.path)/fifo.example.zone", 0o644)
    let contents = try ZoneFolder.scan(folder.path)
    #expect(contents.files.map(\.apex.description) == ["a.example.", "b.example.", "."])
    #expect(contents.files.map(\.path).first == "\(folder.path)/a.example.zone")
    #expect(contents.strays.map(\.file) == ["\(folder.path)/x..y.zone"])
    let refusals = contents.refusals.map { "\($0.apex) \($0.diagnostics.map(\.message))" }
    #expect(
      refusals == [
        #"twice.example. ["zone twice.example. has another file too: twice.example.zone; keep one", "#
          + #""zone twice.example. has another file too: Twice.example.zone; keep one"]"#,
        #"dangling.example. ["cannot be read: the link leads nowhere"]"#,
        #"fifo.example. ["is not a regular file"]"#,
        #"folder.example. ["is not a regular file"]"#,
      ])
  }

  @Test func unusable() {
    let folder = TemporaryFolder()
    folder.write("README", "")
    #expect(throws: ZoneFolder.Unusable.self) { try ZoneFolder.scan(folder.path) }
    folder.write("a..b.zone", "")
    #expect {
      try ZoneFolder.scan(folder.path)
    } throws: { error in
      "\(error)".contains("a..b.zone:1:1: error: not a domain name: a label is empty")
    }
    #expect(
      throws: ZoneFolder.Unusable(
        description: "cannot read the folder /nonexistent: No such file or directory")
    ) { try ZoneFolder.scan("/nonexistent") }
    let file = folder.write("a.zone", "")
    #expect(throws: ZoneFolder.Unusable(description: "cannot read the folder \(file): Not a directory")) {
      try ZoneFolder.scan(file)
    }
  }
}
