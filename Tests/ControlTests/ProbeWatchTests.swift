import Glibc
import TestSupport
import Testing

@testable import Control
@testable import Probing

/// What a server tells of its probes, and does with them at its end.
@Suite struct ProbeWatchTests {
  private static func counters(_ started: UInt64, late: UInt64 = 0, waited: UInt64 = 0, abandoned: UInt64 = 0)
    -> ProbeCounters
  {
    var counters = ProbeCounters()
    (counters.started, counters.late) = (started, late)
    (counters.waited, counters.abandoned) = (waited, abandoned)
    return counters
  }

  @Test func latenessIsTold() {
    var watch = ProbeWatch()
    #expect(watch.news(of: Self.counters(0)) == nil)
    #expect(watch.news(of: Self.counters(1000, late: 9, waited: 500)) == nil)
    #expect(
      watch.news(of: Self.counters(2000, late: 19, waited: 600)) == [
        "probes": "1000", "late": "10", "waited": "100", "abandoned": "0",
      ])
    // It is told of what is new.
    #expect(watch.news(of: Self.counters(2000, late: 19, waited: 600)) == nil)
    #expect(
      watch.news(of: Self.counters(9000, late: 19, waited: 600, abandoned: 1)) == [
        "probes": "7000", "late": "0", "waited": "0", "abandoned": "1",
      ])
    #expect(watch.news(of: Self.counters(9001, late: 20, waited: 600, abandoned: 1)) != nil)
  }

  /// A check's program, with all that it has started, ends with the server; while it runs, a file is locked.
  @Test func programsEndWithTheServer() throws {
    let folder = TemporaryFolder()
    let data = TemporaryFolder()
    let lock = data.write("lock", "")
    folder.write(
      "a.example.zone",
      ZoneText.zone(serial: 1)
        + "pool A 192.0.2.1\npool A 192.0.2.2\n_lb.pool TXT \"check=l steer=up,weighted\"\n")
    let configuration = data.write(
      "swiftlet.yaml",
      "checks: {l: {type: exec, command: [/bin/sh, -c, 'flock -s \(lock) sleep 60'], interval: 60s, timeout: 50s}}\n"
    )
    let (server, _) = try ServerProcess.serving(folder, ["--config", configuration])
    while isUnlocked(lock) { usleep(1000) }
    #expect(try server.stop() == 0)
    #expect(isUnlocked(lock))
  }

  private func isUnlocked(_ path: String) -> Bool {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    defer { close(descriptor) }
    return flock(descriptor, LOCK_EX | LOCK_NB) == 0
  }
}
