import Health
import Steering
import Synchronization
import TestSupport
import Testing

@testable import Control

/// When whoever makes answers is told to look again.
struct HealthMonitorTests {
  private final class Notices: Sendable {
    private let count = Atomic(0)

    func add() { count.add(1, ordering: .relaxed) }

    func take() -> Int { count.exchange(0, ordering: .relaxed) }
  }

  private func zones(interval: Int) throws -> [SteeredZone] {
    try zones("check=beat", "beat", "type=heartbeat interval=\(interval)s fall=2")
  }

  private func zones(_ policy: String, _ name: String, _ check: String) throws -> [SteeredZone] {
    let folder = TemporaryFolder()
    folder.write(
      "a.example.zone",
      "$TTL 60\n@ SOA ns1 h 1 2 1 9 3\n@ NS ns1\nns1 A 192.0.2.53\nwww A 192.0.2.1\nwww A 192.0.2.2\n"
        + "_lb.www TXT \"\(policy)\"\n\(name)._check TXT \"\(check)\"\n")
    var table = ZoneTable(workers: 1)
    for file in try ZoneFolder.scan(folder.path).files { _ = table.apply(ZoneAttempt(reading: file)) }
    return table.live.map(\.steered)
  }

  private func time(_ seconds: Int) -> Moment { Moment(nanoseconds: Int64(seconds) * 1_000_000_000) }

  /// Members that never report go down by time alone.
  @Test func timeIsHeededFromTheStart() throws {
    let notices = Notices()
    let monitor = HealthMonitor(isolation: nil, notice: notices.add)
    #expect(monitor.update(to: try zones(interval: 10), at: time(0)).added.count == 2)
    #expect(notices.take() == 1)
    let (changes, deadline) = monitor.takeChanges()
    #expect(changes.isEmpty)
    #expect(deadline == time(10))
    // The same again is nothing new.
    _ = monitor.update(to: try zones(interval: 10), at: time(5))
    #expect(notices.take() == 0)
    // Shorter ones are to be heeded sooner.
    _ = monitor.update(to: try zones(interval: 3), at: time(6))
    #expect(notices.take() == 1)
    #expect(monitor.takeChanges().deadline == time(3))
    monitor.advance(to: time(6))
    #expect(notices.take() == 1)
    #expect(monitor.takeChanges().changes.events.count == 2)
  }

  @Test func oneNoticeUntilChangesAreTaken() throws {
    let notices = Notices()
    let monitor = HealthMonitor(isolation: nil, notice: notices.add)
    _ = monitor.update(to: try zones(interval: 10), at: time(0))
    _ = monitor.update(to: try zones(interval: 5), at: time(1))
    monitor.advance(to: time(30))
    #expect(notices.take() == 1)
    _ = monitor.takeChanges()
    monitor.advance(to: time(31))
    #expect(notices.take() == 0)
  }

  private func success(after milliseconds: Int) -> ProbeResult {
    ProbeResult(
      isSuccess: true, reason: Reason(.success, "connected"), responseTime: .milliseconds(milliseconds))
  }

  /// Else nearly every check would wake whoever makes answers.
  @Test(arguments: [("up,weighted", false), ("up,fastest", true)])
  func measurementsAreNewsWhereTheyAreRead(_ stages: String, _ isNews: Bool) throws {
    let notices = Notices()
    let monitor = HealthMonitor(isolation: nil, notice: notices.add)
    let zones = try zones("steer=\(stages) check=web", "web", "type=tcp port=80 interval=10s")
    let ids = monitor.update(to: zones, at: time(0)).added.map(\.id)
    monitor.apply(ids.map { ($0, success(after: 1)) }, at: time(1))
    #expect(notices.take() == 1)
    _ = monitor.takeChanges()
    monitor.apply(ids.map { ($0, success(after: 100)) }, at: time(11))
    #expect(notices.take() == (isNews ? 1 : 0))
  }

  @Test func statesOfBeforeAreNews() throws {
    let zones = try zones("check=web", "web", "type=tcp port=80 interval=10s")
    let before = HealthMonitor(isolation: nil) {}
    let clocks = Clocks.now
    let ids = before.update(to: zones, at: clocks.moment).added.map(\.id)
    before.apply(ids.map { ($0, success(after: 1)) }, at: clocks.moment)
    let saved = before.saved(by: clocks).targets
    let notices = Notices()
    let monitor = HealthMonitor(isolation: nil, notice: notices.add)
    _ = monitor.update(to: zones, at: clocks.moment)
    #expect(notices.take() == 0)
    #expect(monitor.restore(saved, by: clocks, maximumAge: .seconds(60)) == 2)
    #expect(notices.take() == 1)
  }
}
