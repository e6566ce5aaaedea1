import Glibc
import TestSupport
import Testing

@testable import Control

/// The built server as a process: what it answers, logs and returns.
@Suite(.serialized)
struct ServeTests {
  @Test func servesAndStops() throws {
    let folder = TemporaryFolder()
    folder.write("a.example.zone", ZoneText.zone(serial: 1))
    let (server, client) = try ServerProcess.serving(folder)
    #expect(try client.ask("www.a.example") == "0 192.0.2.1")
    #expect(try client.ask("no.a.example") == "3")
    #expect(try client.ask("elsewhere.example") == "5")
    #expect(
      server.lines.contains { $0.contains(" info zone loaded zone=a.example. records=4 serial=1 time=") })
    #expect(try server.stop() == 0)
    #expect(server.lines.last?.contains(" notice stopped uptime=") == true)
  }

  @Test(arguments: [SIGINT, SIGTERM]) func endsBySignal(_ signal: Int32) throws {
    let folder = TemporaryFolder()
    folder.write("a.example.zone", ZoneText.zone(serial: 1))
    let (server, _) = try ServerProcess.serving(folder)
    server.send(signal)
    #expect(try server.exitStatus() == 0)
  }

  @Test func versionAndIdentity() throws {
    let folder = TemporaryFolder()
    folder.write("a.example.zone", ZoneText.zone(serial: 1))
    let config = folder.write("swiftlet.yaml", "identity: test-1\nversion: off\n")
    let (server, client) = try ServerProcess.serving(folder, ["--config", config])
    #expect(try client.exchange("id.server", 16, 3).suffix(6) == Array("test-1".utf8)[...])
    #expect(try client.ask("version.bind", type: 16, rrClass: 3) == "5")
    #expect(try server.stop() == 0)
  }

  @Test func reloadTakesChangedNewAndRemovedFiles() throws {
    let folder = TemporaryFolder()
    for zone in ["a", "b", "c"] { folder.write("\(zone).example.zone", ZoneText.zone(serial: 1)) }
    let (server, client) = try ServerProcess.serving(folder)
    folder.write("a.example.zone", ZoneText.zone(serial: 2, address: "192.0.2.2"))
    folder.remove("b.example.zone")
    folder.write("d.example.zone", ZoneText.zone(serial: 7))
    let log = try server.reload(until: "reloaded")
    #expect(
      log.contains {
        $0.contains("info zone loaded zone=a.example. records=4 serial-old=1 serial-new=2 time=")
      })
    #expect(log.contains { $0.contains("info zone removed: its file is gone zone=b.example.") })
    #expect(log.contains { $0.contains("info zone loaded zone=d.example. records=4 serial=7 time=") })
    #expect(try client.ask("www.a.example") == "0 192.0.2.2")
    #expect(try client.ask("www.b.example") == "5")
    #expect(try client.ask("www.c.example") == "0 192.0.2.1")
    #expect(try client.ask("www.d.example") == "0 192.0.2.1")
    #expect(try server.stop() == 0)
  }

  @Test func reloadKeepsWhatTheBrokenFileReplaces() throws {
    let folder = TemporaryFolder()
    folder.write("a.example.zone", ZoneText.zone(serial: 1))
    let (server, client) = try ServerProcess.serving(folder)
    let file = folder.write("a.example.zone", ZoneText.broken)
    let log = try server.reload(until: "reloaded")
    #expect(log.contains { $0.contains(" error \(file):3:") })
    #expect(
      log.contains {
        $0.contains("error zone refused: it has errors; the version before stays in service zone=a.example.")
      })
    #expect(try client.ask("www.a.example") == "0 192.0.2.1")
    folder.write("a.example.zone", ZoneText.zone(serial: 2, address: "192.0.2.3"))
    try server.reload(until: "reloaded")
    #expect(try client.ask("www.a.example") == "0 192.0.2.3")
    #expect(try server.stop() == 0)
  }

  @Test func brokenZoneAnswersServerFailureUntilMended() throws {
    let folder = TemporaryFolder()
    folder.write("a.example.zone", ZoneText.zone(serial: 1))
    folder.write("b.example.zone", ZoneText.broken)
    let (server, client) = try ServerProcess.serving(folder)
    #expect(try client.ask("www.a.example") == "0 192.0.2.1")
    #expect(try client.ask("www.b.example") == "2")
    folder.write("b.example.zone", ZoneText.zone(serial: 1))
    try server.reload(until: "reloaded")
    #expect(try client.ask("www.b.example") == "0 192.0.2.1")
    #expect(try server.stop() == 0)
  }

  @Test(arguments: [true, false]) func reloadWithoutZonesChangesNothing(_ isMissing: Bool) throws {
    let folder = TemporaryFolder()
    folder.write("a.example.zone", ZoneText.zone(serial: 1))
    let (server, client) = try ServerProcess.serving(folder)
    folder.remove("a.example.zone")
    if isMissing { rmdir(folder.path) }
    let log = try server.reload(until: "reload refused")
    #expect(log.contains { $0.contains(" error reload refused, everything stays as it was: ") })
    #expect(try client.ask("www.a.example") == "0 192.0.2.1")
    if isMissing { mkdir(folder.path, 0o755) }
    #expect(try server.stop() == 0)
  }

  @Test func serialsAreWatched() throws {
    let folder = TemporaryFolder()
    folder.write("a.example.zone", ZoneText.zone(serial: 5))
    let (server, client) = try ServerProcess.serving(folder)
    folder.write("a.example.zone", ZoneText.zone(serial: 5, address: "192.0.2.2"))
    let same = try server.reload(until: "reloaded")
    #expect(same.contains { $0.contains("warning zone loaded, but its serial has not changed") })
    #expect(try client.ask("www.a.example") == "0 192.0.2.2")
    folder.write("a.example.zone", ZoneText.zone(serial: 4, address: "192.0.2.4"))
    let back = try server.reload(until: "reloaded")
    #expect(back.contains { $0.contains("warning zone loaded, but its serial went back") })
    #expect(try client.ask("www.a.example") == "0 192.0.2.4")
    #expect(try server.stop() == 0)
  }

  /// Nanoseconds since 1970 in 64 bits end in 2262; file systems do not.
  @Test func fileOfAnotherCentury() throws {
    let folder = TemporaryFolder()
    folder.write("a.example.zone", ZoneText.zone(serial: 1))
    let (server, client) = try ServerProcess.serving(folder)
    let file = folder.write("a.example.zone", ZoneText.zone(serial: 2, address: "192.0.2.2"))
    let year2300 = timespec(tv_sec: 10_413_792_000, tv_nsec: 1)
    #expect(utimensat(AT_FDCWD, file, [year2300, year2300], 0) == 0)
    try server.reload(until: "reloaded")
    #expect(try client.ask("www.a.example") == "0 192.0.2.2")
    #expect(try server.stop() == 0)
  }

  @Test func manyHangUps() throws {
    let folder = TemporaryFolder()
    folder.write("a.example.zone", ZoneText.zone(serial: 1))
    let (server, client) = try ServerProcess.serving(folder)
    for serial in 2...30 {
      folder.write("a.example.zone", ZoneText.zone(serial: UInt32(serial), address: "192.0.2.\(serial)"))
      server.send(SIGHUP)
    }
    // The last signal came after the last change, so the change is seen, however many were one.
    try server.line(containing: "serial-new=30 ")
    try server.line(containing: "reloaded")
    #expect(try client.ask("www.a.example") == "0 192.0.2.30")
    #expect(try server.stop() == 0)
  }

  /// A pipe in a zone is an error of that zone, and holds up nobody.
  @Test func pipeIsNotWaitedFor() throws {
    let folder = TemporaryFolder()
    let pipe = "\(folder.path)/hosts"
    #expect(mkfifo(pipe, 0o600) == 0)
    folder.write("a.example.zone", ZoneText.zone(serial: 1))
    let (server, client) = try ServerProcess.serving(folder)
    folder.write("a.example.zone", ZoneText.zone(serial: 2) + "$INCLUDE hosts\n")
    folder.write("b.example.zone", ZoneText.zone(serial: 1))
    let log = try server.reload(until: "reloaded")
    #expect(log.contains { $0.contains(":5:10: cannot read \(pipe): it is a pipe, a device or a socket") })
    #expect(try client.ask("www.a.example") == "0 192.0.2.1")
    #expect(try client.ask("www.b.example") == "0 192.0.2.1")
    #expect(try server.stop() == 0)
  }

  @Test func statusOnRequest() throws {
    let folder = TemporaryFolder()
    folder.write("a.example.zone", ZoneText.zone(serial: 1))
    let (server, client) = try ServerProcess.serving(folder)
    for _ in 0..<3 { _ = try client.ask("www.a.example") }
    server.send(SIGUSR1)
    #expect(try server.line(containing: "notice status").contains("zones=1 broken=0 records=4 uptime="))
    let probes = try server.line(containing: "status of probes")
    #expect(probes.hasSuffix(" abandoned=0 finished=0 late=0 running=0 started=0 targets=0 waited=0"))
    #expect(try server.line(containing: "status of answers").contains(" no-error=3 "))
    // A response is counted when it has left, so its client may be faster.
    while try !server.line(containing: "status of sockets").contains(" sent=3 ") { server.send(SIGUSR1) }
    #expect(try server.stop() == 0)
  }

  @Test func closedStandardErrorIsNoReasonToStop() throws {
    let folder = TemporaryFolder()
    folder.write("a.example.zone", ZoneText.zone(serial: 1))
    let (other, client) = try ServerProcess.serving(folder)
    #expect(try other.stop() == 0)
    // The port has just been free.
    let server = try ServerProcess(
      ["serve", folder.path, "--listen", "127.0.0.1:\(client.port)", "--threads", "1", "--control", "off"],
      closesStandardError: true)
    #expect(try client.ask(retrying: "www.a.example") == "0 192.0.2.1")
    // No socket may have got the number of standard error.
    var target = [CChar](repeating: 0, count: 64)
    let length = readlink("/proc/\(server.process)/fd/2", &target, target.count)
    #expect(target.prefix(length).elementsEqual("/dev/null".utf8CString.dropLast()))
    folder.write("b.example.zone", ZoneText.zone(serial: 1))
    server.send(SIGHUP)
    server.send(SIGUSR1)
    #expect(try client.ask("www.a.example") == "0 192.0.2.1")
    #expect(try server.stop() == 0)
  }

  /// So that they need not wait long for a core that others want as well.
  @Test(.enabled(if: ThreadTurn.isKnown, "needs Linux 6.12 with /proc/thread-self/sched"))
  func answeringThreadsTakeShortTurns() throws {
    let folder = TemporaryFolder()
    folder.write("a.example.zone", ZoneText.zone(serial: 1))
    let (server, client) = try ServerProcess.serving(folder)
    // Each has begun to answer.
    #expect(try client.ask("www.a.example") == "0 192.0.2.1")
    #expect(try client.askOverTCP("www.a.example") == 0)
    let threads = try System.entries(of: "/proc/\(server.process)/task") { $0.first != "." }
      .map { "/proc/\(server.process)/task/\($0.name)" }
    // Others may end meanwhile.
    let turns = threads.compactMap { thread -> (name: String, length: Int)? in
      guard let name = try? System.contents(of: "\(thread)/comm", limit: 64),
        let length = ThreadTurn.length(of: thread)
      else { return nil }
      return (String(decoding: name, as: UTF8.self), length)
    }
    for name in ["udp/0\n", "tcp/0\n"] { #expect(turns.first { $0.name == name }?.length == 100_000) }
    #expect(turns.contains { $0.length != 100_000 })
    #expect(try server.stop() == 0)
  }

  @Test func pidFile() throws {
    let folder = TemporaryFolder()
    folder.write("a.example.zone", ZoneText.zone(serial: 1))
    let (server, _) = try ServerProcess.serving(folder, ["--pid-file", "\(folder.path)/pid"])
    let number = try #require(folder.read("pid").flatMap { Int32($0.dropLast()) })
    #expect(kill(number, 0) == 0)
    let second = try ServerProcess(
      ["serve", folder.path, "--listen", "127.0.0.1:0", "--pid-file", "\(folder.path)/pid"])
    #expect(try second.exitStatus() == 1)
    #expect(second.lines.count == 1)
    #expect(second.lines.last?.contains("critical another server runs with the pid file") == true)
    #expect(try server.stop() == 0)
    #expect(folder.read("pid") == nil)
  }
}
