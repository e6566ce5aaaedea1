import TestSupport
import Testing

@testable import Control

/// `swiftlet check` as a process.
@Suite(.serialized)
struct CheckTests {
  private static func check(_ arguments: [String]) throws -> (status: Int32, lines: [String]) {
    let process = try ServerProcess(["check"] + arguments)
    return (try process.exitStatus(), process.lines)
  }

  @Test func goodFolder() throws {
    let folder = TemporaryFolder()
    folder.write("a.example.zone", ZoneText.zone(serial: 1))
    folder.write("b.example.zone", ZoneText.zone(serial: 2))
    let (status, lines) = try Self.check([folder.path])
    #expect(status == 0)
    #expect(
      lines == [
        "a.example. ok: 4 records, serial 1", "b.example. ok: 4 records, serial 2", "0 errors, 0 warnings",
      ])
  }

  @Test func brokenZone() throws {
    let folder = TemporaryFolder()
    let file = folder.write("a.example.zone", ZoneText.broken)
    folder.write("b.example.zone", ZoneText.zone(serial: 2))
    let (status, lines) = try Self.check([folder.path])
    #expect(status == 1)
    #expect(lines.contains { $0.hasPrefix("\(file):3:14: error: ") })
    #expect(lines.contains { $0.hasPrefix("a.example. refused: ") })
    #expect(lines.contains("b.example. ok: 4 records, serial 2"))
  }

  @Test func oneFile() throws {
    let folder = TemporaryFolder()
    let file = folder.write("a.example.zone", ZoneText.zone(serial: 1))
    let other = folder.write("db.example", ZoneText.zone(serial: 1))
    #expect(try Self.check([file]) == (0, ["a.example. ok: 4 records, serial 1", "0 errors, 0 warnings"]))
    #expect(
      try Self.check([other]) == (
        1, ["\(other): the name of a zone file is that of its zone and '.zone', as in example.com.zone"]
      ))
  }

  @Test func json() throws {
    let folder = TemporaryFolder()
    let file = folder.write("a.example.zone", ZoneText.zone(serial: 1))
    folder.write("b..c.zone", "")
    let (status, lines) = try Self.check(["--json", folder.path])
    #expect(status == 1)
    #expect(
      lines == [
        #"{"zones":[{"zone":"a.example.","files":["\#(file)"],"records":4,"serial":1,"diagnostics":[]}],"#
          + #""strays":[{"severity":"error","file":"\#(folder.path)/b..c.zone","line":1,"column":1,"message":"#
          + #""not a domain name: a label is empty; dots stand between labels, never two in a row or in front"}],"#
          + #""errors":1,"warnings":0}"#
      ])
  }

  @Test func strictCountsWarnings() throws {
    let folder = TemporaryFolder()
    folder.write("a.example.zone", ZoneText.zone(serial: 1) + "www 300 IN A 192.0.2.1\n")
    #expect(try Self.check([folder.path]).status == 0)
    let (status, lines) = try Self.check([folder.path, "--strict"])
    #expect(status == 1)
    #expect(lines.last == "0 errors, 1 warning")
  }

  @Test func missingFolder() throws {
    let (status, lines) = try Self.check(["/nonexistent"])
    #expect(status == 1)
    #expect(lines == ["cannot read the folder /nonexistent: No such file or directory"])
  }

  @Test func exampleZones() throws {
    // The folder of the package, from the place of this file in it.
    let folder = #filePath.split(separator: "/").dropLast(3).reduce("") { "\($0)/\($1)" } + "/zones"
    #expect(try Self.check(["--strict", folder]).status == 0)
  }
}
