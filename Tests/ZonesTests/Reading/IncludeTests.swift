import Glibc
import TestSupport
import Testing

@testable import Zones

/// `$INCLUDE` (RFC 1035 §5.1).
@Suite struct IncludeTests {
  @Test func originAndOwnerComeBack() throws {
    let folder = TemporaryFolder()
    folder.write(
      "zone", "$TTL 60\nhost A 192.0.2.1\n$INCLUDE part sub ; comment\n A 192.0.2.2\nlast A 192.0.2.3\n")
    folder.write("part", " A 192.0.2.10\nwww A 192.0.2.11\n$ORIGIN other\n@ A 192.0.2.12\n")
    let (sink, files) = try read("zone", in: folder)
    #expect(sink.diagnostics == [])
    #expect(files == ["zone", "part"])
    #expect(
      sink.records == [
        "host.example.com. 60 A c0000201",
        "host.example.com. 60 A c000020a",
        "www.sub.example.com. 60 A c000020b",
        "other.sub.example.com. 60 A c000020c",
        "host.example.com. 60 A c0000202",
        "last.example.com. 60 A c0000203",
      ])
    #expect(sink.positions == ["0:2:1", "1:1:2", "1:2:1", "1:4:1", "0:4:2", "0:5:1"])
  }

  @Test func pathsAreRelativeToTheIncludingFile() throws {
    let folder = TemporaryFolder()
    folder.makeFolder("parts")
    folder.write("zone", "$INCLUDE \"parts/a b\"\n")
    folder.write("parts/a b", "$include c\n")
    folder.write("parts/c", "www A 192.0.2.1\nbad A x\n")
    let (sink, files) = try read("zone", in: folder)
    #expect(files == ["zone", "parts/a b", "parts/c"])
    #expect(sink.records == ["www.example.com. - A c0000201"])
    #expect(sink.positions == ["2:1:1"])
    #expect(sink.diagnostics.map { "\($0.file):\($0.line):\($0.column)" } == ["parts/c:2:7"])
  }

  @Test func loop() throws {
    let folder = TemporaryFolder()
    folder.makeFolder("parts")
    folder.write("zone", "$INCLUDE parts/a\nwww A 192.0.2.1\n")
    folder.write("parts/a", "\n  \n$INCLUDE ../zone\n")
    let (sink, _) = try read("zone", in: folder)
    #expect(sink.records == ["www.example.com. - A c0000201"])
    #expect(
      sink.diagnostics.map(\.description) == [
        "parts/a:3:10: error: parts/../zone includes itself, directly or by another file"
      ])
  }

  @Test func depth() throws {
    let folder = TemporaryFolder()
    folder.write("zone", "$INCLUDE 1\n")
    for number in 1...21 {
      folder.write("\(number)", "www A 192.0.2.\(number)\n$INCLUDE \(number + 1)\n")
    }
    let (sink, files) = try read("zone", in: folder)
    #expect(files.count == 21)
    #expect(sink.records.count == 20)
    #expect(
      sink.diagnostics.map(\.description) == [
        "20:2:10: error: files are included in one another deeper than 20 levels"
      ])
  }

  @Test func unreadable() throws {
    let folder = TemporaryFolder()
    folder.makeFolder("parts")
    folder.write("zone", "$INCLUDE none\n$INCLUDE parts\n$INCLUDE\n$INCLUDE a b c\nwww A 192.0.2.1\n")
    let (sink, files) = try read("zone", in: folder)
    #expect(files == ["zone", "none", "parts"])
    #expect(
      sink.diagnostics.map(\.description) == [
        "zone:1:10: error: cannot read none: No such file or directory",
        "zone:2:10: error: cannot read parts: it is a folder; name a file",
        "zone:3:9: error: the directive ends too early; write: $INCLUDE FILE [ORIGIN]",
        "zone:4:14: error: \"c\" is more than the directive takes; write: $INCLUDE FILE [ORIGIN]",
      ])
    #expect(sink.records == ["www.example.com. - A c0000201"])
  }

  /// A pipe is not waited for.
  @Test func pipe() throws {
    let folder = TemporaryFolder()
    folder.write("zone", "www A 192.0.2.1\n$INCLUDE pipe\n")
    #expect(mkfifo("\(folder.path)/pipe", 0o600) == 0)
    defer { unlink("\(folder.path)/pipe") }
    let (sink, files) = try read("zone", in: folder)
    #expect(files == ["zone", "pipe"])
    #expect(
      sink.diagnostics.map(\.description) == [
        "zone:2:10: error: cannot read pipe: it is a pipe, a device or a socket; name a regular file"
      ])
  }

  @Test func malformedPath() throws {
    #expect(
      try read("$INCLUDE \"a\nb\"\n$INCLUDE \"\"\n").diagnostics.map(\.afterFile) == [
        "1:10: error: \"a?b\" is not the path of a file",
        "1:10: warning: this string goes on in the next line; is its closing quote missing?",
        "3:10: error: \"\" is not the path of a file",
      ])
  }

  @Test func zoneFileItself() throws {
    let folder = TemporaryFolder()
    folder.makeFolder("parts")
    #expect(
      try read("none", in: folder).sink.diagnostics.map(\.description) == [
        "none:1:1: error: cannot read none: No such file or directory"
      ])
    #expect(
      try read("parts", in: folder).sink.diagnostics.map(\.description) == [
        "parts:1:1: error: cannot read parts: it is a folder; name a file"
      ])
  }
}
