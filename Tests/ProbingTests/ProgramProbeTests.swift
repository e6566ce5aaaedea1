import DNSWire
import Glibc
import Health
import Steering
import TestSupport
import Testing

@testable import Probing

/// Checks that run programs.
@Suite struct ProgramProbeTests {
  private func check(_ script: String, timeout: Int = 2_000) -> CheckDefinition {
    command(["/bin/sh", "-c", script, "check"], timeout: timeout)
  }

  private func command(_ words: [String], timeout: Int = 2_000) -> CheckDefinition {
    CheckDefinition(
      .exec(command: words), port: nil, interval: .seconds(10), timeout: .milliseconds(timeout))
  }

  @Test(arguments: [
    ("true", Reason(.success, "exit status 0")),
    ("echo 'all well'; echo more", Reason(.success, "all well")),
    ("echo 'disk full'; exit 3", Reason(.reported, "exit status 3: disk full")),
    ("echo secret >&2; exit 1", Reason(.reported, "exit status 1")),
    ("kill -ABRT $$", Reason(.reported, "killed by signal 6")),
    ("printf 'no end'", Reason(.success, "no end")),
    // Writers without an end are cut off, and succeed or fail as they then do.
    ("yes; exit 0", Reason(.success, "y")),
    // Signals that this process ignores or blocks work as usual.
    ("kill -PIPE $$; exit 0", Reason(.reported, "killed by signal 13")),
    ("cat", Reason(.success, "exit status 0")),
    // Nothing else is open: not the prober's descriptors either. One is ls's own.
    ("ls /proc/self/fd | wc -l", Reason(.success, "4")),
  ])
  func endsDecide(script: String, reason: Reason) throws {
    let result = try TestProber.result(of: check(script))
    #expect(result.reason == reason)
    #expect(try #require(result.responseTime) < .seconds(2))
    #expect(!result.isMute)
  }

  @Test func missingProgramsAreTold() throws {
    let missing = try TestProber.result(of: command(["/no/such/program"]))
    #expect(missing.reason == Reason(.local, "cannot run /no/such/program: No such file or directory"))
    #expect(try TestProber.result(of: command([])).reason.kind == .local)
    #expect(try TestProber.result(of: command(["true"])).isSuccess, "by PATH")
  }

  /// With all that it has started. What runs stays in sight by a file that it keeps locked.
  @Test func programsAreKilledWhenTheirTimeIsUp() throws {
    let folder = TemporaryFolder()
    let lock = folder.write("lock", "")
    let begin = Moment.now
    let result = try TestProber.result(
      of: check("trap '' TERM; flock \(lock) sleep 20 & sleep 20", timeout: 400))
    #expect(result.reason == Reason(.timeout, "the program took longer than 400ms"))
    #expect(Moment.now - begin < .seconds(3))
    #expect(eventually { isUnlocked(lock) })
  }

  @Test func programsEndWithTheProber() throws {
    let folder = TemporaryFolder()
    let lock = folder.write("lock", "")
    do {
      let prober = try TestProber()
      prober.prober.update(add: [
        (Target.ID(rawValue: 0), try TestProber.target(check("flock \(lock) sleep 20", timeout: 9_000)))
      ])
      #expect(eventually { !isUnlocked(lock) })
    }
    #expect(eventually { isUnlocked(lock) })
  }

  /// What a program leaves running ends with it.
  @Test func programsLeaveNothingBehind() throws {
    let folder = TemporaryFolder()
    let lock = folder.write("lock", "")
    let script = "flock \(lock) sleep 20 & while flock -n \(lock) true; do sleep 0.01; done; echo started"
    let result = try TestProber.result(of: check(script))
    #expect(result.reason == Reason(.success, "started"))
    #expect(eventually { isUnlocked(lock) })
  }

  @Test func theEnvironmentIsAsDocumented() throws {
    let folder = TemporaryFolder()
    let definition = check("env | sort > \(folder.path)/env; cp \(folder.path)/env \(folder.path)/done")
    #expect(try TestProber.result(of: definition, at: "::1").isSuccess)
    let lines = (folder.read("done") ?? "").split(separator: "\n").filter {
      // The shell's own.
      !$0.hasPrefix("PWD=") && !$0.hasPrefix("SHLVL=") && !$0.hasPrefix("_=") && !$0.hasPrefix("OLDPWD=")
    }
    #expect(
      lines.map(String.init) == [
        "PATH=" + String(cString: getenv("PATH")), "SWIFTLET_ADDRESS=::1", "SWIFTLET_CHECK=test",
        "SWIFTLET_TIMEOUT=2000",
      ])
    let target = Member.Identity.target(try DomainName("cdn.example.net."))
    #expect(
      Program(["x"], command(["x"]), of: target, path: nil).environment == [
        "PATH=/usr/local/bin:/usr/bin:/bin", "SWIFTLET_CHECK=test", "SWIFTLET_TARGET=cdn.example.net.",
        "SWIFTLET_TIMEOUT=2000",
      ])
  }

  /// Nobody waits for them else.
  @Test func processesAreReaped() throws {
    let prober = try TestProber()
    var definition = check("exit 1")
    definition.interval = .milliseconds(100)
    definition.timeout = .milliseconds(100)
    prober.prober.update(add: [(Target.ID(rawValue: 0), try TestProber.target(definition))])
    _ = try prober.wait(for: 10)
    // Others may just run; those that have ended do not pile up.
    #expect(eventually { zombies() <= 1 })
  }

  private func isUnlocked(_ path: String) -> Bool {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    defer { close(descriptor) }
    return flock(descriptor, LOCK_EX | LOCK_NB) == 0
  }

  /// Children of this process that have ended and nobody has waited for.
  private func zombies() -> Int {
    guard let folder = opendir("/proc") else { return -1 }
    defer { closedir(folder) }
    var count = 0
    while let entry = readdir(folder) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      guard Int(name) != nil, let file = fopen("/proc/\(name)/stat", "r") else { continue }
      defer { fclose(file) }
      var text = [CChar](repeating: 0, count: 512)
      fgets(&text, 512, file)
      let fields = String(decoding: text.map { UInt8(bitPattern: $0) }, as: UTF8.self).split(separator: ")")
        .last?
        .split(separator: " ")
      if let fields, fields.count > 1, fields[0] == "Z", fields[1] == "\(getpid())" { count += 1 }
    }
    return count
  }

  private func eventually(_ condition: () -> Bool) -> Bool {
    for _ in 0..<5_000 {
      if condition() { return true }
      usleep(1_000)
    }
    return condition()
  }
}
