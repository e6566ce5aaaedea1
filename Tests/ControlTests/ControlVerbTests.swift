import Glibc
import TestSupport
import Testing

@testable import Control

/// The verbs that ask a running server, as processes.
@Suite(.serialized)
struct ControlVerbTests {
  static let zone = """
    @ 300 IN SOA ns1 hostmaster 1 7200 900 1209600 300
    @ 300 IN NS ns1
    ns1 300 IN A 192.0.2.53
    www 60 IN A 192.0.2.1
    www 60 IN A 192.0.2.2
    _lb.www IN TXT "steer=weighted"
    _lb.www IN TXT "member=192.0.2.1" "weight=3"
    *.apps 60 IN A 192.0.2.3
    *.apps 60 IN A 192.0.2.4
    _lb.*.apps IN TXT "steer=round-robin"
    plain 60 IN A 192.0.2.5

    """

  struct Subject {
    let folder = TemporaryFolder()
    let server: ServerProcess
    let client: DNSClient

    init(_ zones: [String: String] = ["a.example": ControlVerbTests.zone]) throws {
      for (name, text) in zones { folder.write("\(name).zone", text) }
      (server, client) = try ServerProcess.serving(folder, ["--control", "\(folder.path)/control"])
    }

    func run(_ arguments: String...) throws -> Command {
      try Command(arguments + ["--control", "\(folder.path)/control"])
    }
  }

  @Test func status() throws {
    let subject = try Subject()
    for _ in 0..<8 { _ = try subject.client.ask("www.a.example") }
    let all = try subject.run("status")
    #expect(all.status == 0)
    #expect(
      all.lines.first?.hasPrefix("swiftlet \(Version.text), process \(subject.server.process), up ") == true)
    #expect(all.lines.first?.hasSuffix(": 1 zone, 8 records") == true)
    #expect(all.lines.dropFirst(2).first == "www.a.example. A: no check, TTL 60")
    #expect(all.lines.contains("  192.0.2.1  unknown       3  75.00%  75.00%        6"))
    #expect(all.lines.contains("  192.0.2.2  unknown       1  25.00%  25.00%        2"))
    #expect(all.lines.contains("*.apps.a.example. A: no check, TTL 60"))
    #expect(try subject.run("status", "a.example").lines.dropFirst() == all.lines.dropFirst())
    #expect(try subject.run("status", "WWW.a.example.").lines.count == 6)
    #expect(
      try subject.run("status", "x.apps.a.example").lines.contains("*.apps.a.example. A: no check, TTL 60"))
    for (name, reason) in [
      ("plain.a.example", "plain.a.example. A: no policy; its one address is answered"),
      ("no.a.example", "no.a.example. does not exist in zone a.example. (NXDOMAIN)"),
      ("b.example", "b.example. is in no zone that is served"),
    ] {
      let none = try subject.run("status", name)
      #expect(none.lines == [reason])
      #expect(none.status == 1)
    }
    let json = try subject.run("status", "www.a.example", "--json")
    #expect(json.lines.count == 1)
    let reply = try JSONReader.read(Array((json.lines.first ?? "").utf8))
    #expect(ServerStatus(reply)?.pools.map(\.name) == ["www.a.example."])
    #expect(try subject.server.stop() == 0)
  }

  @Test func explain() throws {
    let subject = try Subject()
    let answer = try subject.run("explain", "www.a.example")
    #expect(answer.status == 0)
    // The same as from the files, since nothing is known of the members.
    #expect(answer.lines == (try Command(["explain", subject.folder.path, "www.a.example"]).lines))
    #expect(answer.lines.count > 6)
    let json = try subject.run("explain", "www.a.example", "--type", "A", "--json")
    #expect(try JSONReader.read(Array(json.text.utf8))["pools"]?.elements?.count == 1)
    #expect(
      try subject.run("explain", "plain.a.example").lines == [
        "plain.a.example. A: no policy; its one address is answered"
      ])
    let none = try subject.run("explain", "www.a.example", "--type", "AAAA")
    #expect(none.lines == ["www.a.example. has no AAAA records (NODATA)"])
    #expect(none.status == 1)
    #expect(try subject.run("explain", "www.a.example", "--down", "192.0.2.1").status == 64)
    #expect(try subject.run("explain", subject.folder.path, "www.a.example").status == 64)
    #expect(try subject.server.stop() == 0)
  }

  @Test func reload() throws {
    let subject = try Subject(["a.example": ZoneText.zone(serial: 1), "b.example": ZoneText.zone(serial: 1)])
    let nothing = try subject.run("reload")
    #expect(nothing.status == 0)
    #expect(nothing.lines.count == 1)
    #expect(nothing.text.hasPrefix("0 loaded, 0 refused, 0 removed in "))
    subject.folder.write("a.example.zone", ZoneText.zone(serial: 2, address: "192.0.2.9"))
    subject.folder.remove("b.example.zone")
    subject.folder.write("c.example.zone", ZoneText.zone(serial: 7))
    let good = try subject.run("reload")
    #expect(good.status == 0)
    #expect(
      good.lines.dropLast() == [
        "b.example. removed", "a.example. loaded: serial 2, 4 records",
        "c.example. loaded: serial 7, 4 records",
      ])
    #expect(good.lines.last?.hasPrefix("2 loaded, 0 refused, 1 removed in ") == true)
    // When it is done, it is done.
    #expect(try subject.client.ask("www.a.example") == "0 192.0.2.9")
    subject.folder.write("a.example.zone", ZoneText.broken)
    let file = subject.folder.write("d.example.zone", ZoneText.broken)
    let bad = try subject.run("reload")
    #expect(bad.status == 1)
    #expect(bad.lines.contains("a.example. refused; what was served stays: serial 2, 4 records"))
    #expect(bad.lines.contains("d.example. refused; it answers SERVFAIL"))
    #expect(bad.lines.contains { $0.hasPrefix("\(file):3:") && $0.contains(": error: ") })
    #expect(bad.lines.last?.hasPrefix("0 loaded, 2 refused, 0 removed in ") == true)
    #expect(try subject.client.ask("www.a.example") == "0 192.0.2.9")
    #expect(try subject.run("status").lines.contains("broken, answered with SERVFAIL: d.example."))
    #expect(
      try subject.run("status", "d.example").lines == ["zone d.example. has errors, so it answers SERVFAIL"])
    subject.folder.write("bad name.zone", "")
    #expect(try subject.run("reload").lines.contains { $0.contains("bad name.zone:1:1: error: ") })
    for name in ["a.example", "c.example", "d.example", "bad name"] { subject.folder.remove("\(name).zone") }
    let empty = try subject.run("reload", "--json")
    #expect(empty.status == 1)
    #expect(empty.text.hasPrefix("refused, everything stays as it was: no zone file in "))
    #expect(try subject.client.ask("www.a.example") == "0 192.0.2.9")
    #expect(try subject.server.stop() == 0)
  }

  /// Whoever asks while a reload runs is told of one that saw what was there when they asked.
  @Test func reloadsAtOnce() throws {
    let subject = try Subject(["a.example": ZoneText.zone(serial: 1)])
    let probes = try (0..<20).map { _ in try ControlProbe("\(subject.folder.path)/control") }
    for serial in 2...20 {
      subject.folder.write(
        "a.example.zone", ZoneText.zone(serial: UInt32(serial), address: "192.0.2.\(serial)"))
      probes[serial - 1].send("{\"do\":\"reload\"}\n")
    }
    for probe in probes.dropFirst() { #expect(try probe.line()?.hasPrefix("{\"ok\":true,") == true) }
    #expect(try subject.client.ask("www.a.example") == "0 192.0.2.20")
    #expect(try subject.server.stop() == 0)
  }

  @Test func watch() throws {
    let subject = try Subject()
    let watching = try ServerProcess(["status", "--watch", "-s", "\(subject.folder.path)/control"])
    for _ in 0..<2 { try watching.line(containing: "www.a.example. A: no check") }
    watching.send(SIGINT)
    #expect(try watching.exitStatus() == 0)
    #expect(!watching.lines.contains { $0.contains("\u{1b}") })
    let json = try ServerProcess(["status", "--watch", "--json", "-s", "\(subject.folder.path)/control"])
    for _ in 0..<2 { #expect(try json.line(containing: "{").hasPrefix("{\"ok\":true,")) }
    // It waits for the server to come back.
    #expect(try subject.server.stop() == 0)
    try json.line(containing: "no server answers at ")
    json.send(SIGINT)
    #expect(try json.exitStatus() == 0)
  }

  @Test func noServer() throws {
    let folder = TemporaryFolder()
    let path = "\(folder.path)/control"
    for verb in [["status"], ["status", "--watch"], ["reload"], ["explain", "a.example"]] {
      let command = try Command(verb + ["--control", path])
      #expect(command.status == 1)
      #expect(
        command.lines == ["no server answers at \(path): is it running? --control PATH names another place"])
    }
  }

  @Test func secondServerDoesNotTakeTheSocket() throws {
    let subject = try Subject()
    let path = "\(subject.folder.path)/control"
    let second = try Command(["serve", subject.folder.path, "--listen", "127.0.0.1:0", "--control", path])
    #expect(second.status == 1)
    #expect(second.lines.count == 1)
    #expect(second.text.hasSuffix(" critical another server takes requests at \(path)"))
    #expect(try subject.run("status").status == 0)
    #expect(try subject.server.stop() == 0)
    // It has taken the socket with it.
    #expect(try System.entries(of: subject.folder.path) { $0 == "control" }.isEmpty)
  }

  @Test func killedServerIsReplaced() throws {
    let subject = try Subject()
    subject.server.send(SIGKILL)
    #expect(try subject.server.exitStatus() == -SIGKILL)
    let (next, _) = try ServerProcess.serving(
      subject.folder, ["--control", "\(subject.folder.path)/control"])
    #expect(try subject.run("status").lines.first?.contains("process \(next.process),") == true)
    #expect(try next.stop() == 0)
  }

  /// Opened before root's rights are given up, it stays root's: the server's user could be many.
  @Test(.enabled(if: geteuid() == 0, "needs root, to become another user")) func socketOfAnotherUser() throws
  {
    let folder = TemporaryFolder()
    folder.write("a.example.zone", Self.zone)
    let path = "\(folder.path)/control"
    let (server, _) = try ServerProcess.serving(folder, ["--user", "nobody", "--control", path])
    var status = stat()
    #expect(stat(path, &status) == 0)
    #expect(status.st_uid == 0)
    #expect(status.st_mode & 0o777 == 0o660)
    #expect(try Command(["status", "--control", path]).status == 0)
    #expect(try server.stop() == 0)
    // Not allowed to remove it, it has left it; the next one takes its place.
    let (next, _) = try ServerProcess.serving(folder, ["--control", path])
    #expect(try Command(["status", "--control", path]).status == 0)
    #expect(try next.stop() == 0)
  }
}
