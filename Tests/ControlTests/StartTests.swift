import Glibc
import TestSupport
import Testing

@testable import Control

/// What keeps the server from starting, and how it says so: one line and a status.
@Suite(.serialized)
struct StartTests {
  private static func run(_ arguments: [String]) throws -> (status: Int32, lines: [String]) {
    let process = try ServerProcess(arguments)
    return (try process.exitStatus(), process.lines)
  }

  private static let listen = [
    "--listen", "127.0.0.1:0", "--threads", "1", "--log-level", "error", "--control", "off",
  ]

  @Test func portTaken() throws {
    let folder = TemporaryFolder()
    folder.write("a.example.zone", ZoneText.zone(serial: 1))
    let (server, client) = try ServerProcess.serving(folder)
    let (status, lines) = try Self.run(["serve", folder.path, "--listen", "127.0.0.1:\(client.port)"])
    #expect(status == 1)
    #expect(lines.count == 1)
    #expect(lines.first?.contains("critical cannot listen on 127.0.0.1 port \(client.port)") == true)
    #expect(try client.ask("www.a.example") == "0 192.0.2.1")
    #expect(try server.stop() == 0)
  }

  @Test func missingFolder() throws {
    let (status, lines) = try Self.run(["serve", "/nonexistent"] + Self.listen)
    #expect(status == 1)
    #expect(lines.count == 1)
    #expect(
      lines.first?.hasSuffix("critical cannot read the folder /nonexistent: No such file or directory")
        == true)
  }

  @Test func folderWithoutZones() throws {
    let folder = TemporaryFolder()
    let (status, lines) = try Self.run(["serve", folder.path] + Self.listen)
    #expect(status == 1)
    #expect(lines.count == 1)
    #expect(lines.first?.contains("critical no zone file in \(folder.path)") == true)
  }

  /// Root may read everything, so it is as another user that the folder is looked at.
  @Test(.enabled(if: geteuid() == 0, "needs root, to become another user")) func unreadableFolder() throws {
    let folder = TemporaryFolder()
    folder.write("a.example.zone", ZoneText.zone(serial: 1))
    chmod(folder.path, 0o700)
    let (status, lines) = try Self.run(["serve", folder.path, "--user", "nobody"] + Self.listen)
    #expect(status == 1)
    #expect(lines.count == 1)
    #expect(lines.first?.hasSuffix("cannot read the folder \(folder.path): Permission denied") == true)
  }

  @Test(.enabled(if: geteuid() == 0, "needs root, to become another user")) func rightsAreGivenUp() throws {
    let folder = TemporaryFolder()
    folder.write("a.example.zone", ZoneText.zone(serial: 1))
    let pid = "\(folder.path)/pid"
    let (server, client) = try ServerProcess.serving(folder, ["--user", "nobody", "--pid-file", pid])
    let number = try #require(folder.read("pid")).dropLast()
    let account = try #require(try System.account(named: "nobody"))
    let status = try System.contents(of: "/proc/\(number)/status", limit: 65_536)
    let text = String(decoding: status, as: UTF8.self)
    let id = account.userID
    #expect(text.contains("Uid:\t\(id)\t\(id)\t\(id)\t\(id)\n"))
    #expect(text.contains("CapEff:\t0000000000000000\n"))
    #expect(!text.contains("Groups:\t0 "))
    folder.write("b.example.zone", ZoneText.zone(serial: 1))
    try server.reload(until: "reloaded")
    #expect(try client.ask("www.b.example") == "0 192.0.2.1")
    #expect(try server.stop() == 0)
    // Not allowed to remove it, it has emptied it.
    #expect((folder.read("pid") ?? "").isEmpty)
  }

  @Test func unknownUser() throws {
    let folder = TemporaryFolder()
    folder.write("a.example.zone", ZoneText.zone(serial: 1))
    let (status, lines) = try Self.run(["serve", folder.path, "--user", "no-such-user"] + Self.listen)
    #expect(status == 1)
    #expect(lines.count == 1)
    #expect(lines.first?.hasSuffix("critical there is no user 'no-such-user' on this system") == true)
  }

  @Test func strict() throws {
    let folder = TemporaryFolder()
    folder.write("a.example.zone", ZoneText.zone(serial: 1))
    folder.write("b.example.zone", ZoneText.broken)
    let (status, lines) = try Self.run(["serve", folder.path, "--strict"] + Self.listen)
    #expect(status == 1)
    #expect(lines.last?.contains("critical not starting: --strict") == true)
  }

  @Test func allZonesBroken() throws {
    let folder = TemporaryFolder()
    folder.write("a.example.zone", ZoneText.broken)
    let (server, client) = try ServerProcess.serving(folder)
    #expect(server.lines.contains { $0.contains("error no zone is usable; all of them answer SERVFAIL") })
    #expect(try client.ask("a.example") == "2")
    #expect(try server.stop() == 0)
  }

  @Test func configurationErrors() throws {
    let folder = TemporaryFolder()
    let config = folder.write("swiftlet.yaml", "zonse: z\nthreads: 0\n")
    let (status, lines) = try Self.run(["serve", "--config", config])
    #expect(status == 78)
    #expect(
      lines == [
        "\(config):1:1: error: 'zonse' is not a key; did you mean 'zones'?",
        "\(config):2:10: error: threads: a number from 1 to 256 is needed, not 0",
      ])
  }

  @Test(
    arguments: [
      ["serve"], ["serve", "z", "--bogus"], ["serve", "z", "--threads", "0"],
      ["serve", "z", "--threads", "x"],
      ["serve", "z", "--listen", "localhost:53"], ["serve", "z", "--log-level", "loud"], ["check"], ["bogus"],
    ]) func usage(_ arguments: [String]) throws
  {
    let (status, lines) = try Self.run(arguments)
    #expect(status == 64)
    #expect(lines.first?.hasPrefix("Error: ") == true)
  }

  @Test func versionIsTold() throws {
    let (status, lines) = try Self.run(["--version"])
    #expect(status == 0)
    #expect(lines == [Version.text])
  }
}
