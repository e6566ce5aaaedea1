import Glibc
import Health
import Steering
import Synchronization
import TestSupport
import Testing

@testable import Probing

private let response = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"

private func id(_ number: Int) -> Target.ID { Target.ID(rawValue: number) }

@Suite struct ProberTests {
  private func check(_ port: UInt16, interval: Int = 100, timeout: Int = 100) -> CheckDefinition {
    CheckDefinition(
      .http(HTTPProbe()), port: port, interval: .milliseconds(interval), timeout: .milliseconds(timeout))
  }

  @Test func targetsAreProbedInTheirInterval() throws {
    let peer = try TestPeer([.receive, .send(response)])
    let prober = try TestProber()
    prober.prober.update(add: [(id(7), try TestProber.target(check(peer.port)))])
    let results = try prober.wait(for: 8, of: 7)
    #expect(results.allSatisfy { $0.isSuccess }, "\(results)")
    let moments = prober.moments(of: 7)
    let beats = zip(moments.dropFirst(), moments.dropFirst(2)).map { $1 - $0 }
    // The beat is 95 to 100 ms; the machine may be busy.
    #expect(
      beats.filter { $0 > .milliseconds(85) && $0 < .milliseconds(115) }.count >= beats.count / 2, "\(beats)")
  }

  @Test func membersThatHangDelayNobody() throws {
    let hanging = try TestPeer([.hold])
    let living = try TestPeer([.receive, .send(response)])
    let prober = try TestProber(budget: 30)
    prober.prober.update(
      add: try (1..<200).map {
        (id($0), try TestProber.target(check(hanging.port, interval: 200, timeout: 200)))
      }
        + [(id(0), try TestProber.target(check(living.port)))])
    let before = try prober.wait(for: 3).count
    let start = Moment.now
    let results = try prober.wait(for: before + 10)
    #expect(results.allSatisfy { $0.isSuccess })
    #expect(Moment.now - start < .milliseconds(1_600))
    let hung = try prober.wait(of: 1)
    #expect(hung.allSatisfy { $0.reason.kind == .timeout })
    #expect(prober.prober.counters.waited > 0)
  }

  @Test func removedTargetsAreNotReported() throws {
    let peer = try TestPeer([.receive, .send(response)])
    let hanging = try TestPeer([.hold])
    let prober = try TestProber()
    prober.prober.update(add: [
      (id(0), try TestProber.target(check(peer.port))),
      (id(1), try TestProber.target(check(peer.port))),
      (id(2), try TestProber.target(check(hanging.port, interval: 5_000, timeout: 5_000))),
    ])
    _ = try prober.wait(for: 2, of: 1)
    // An ID may be given to another target at once.
    let other = try TestProber.target(check(TestPeer.closedPort()))
    prober.prober.update(add: [(id(1), other)], remove: [id(0), id(1), id(2)])
    let refused = try prober.wait(for: prober.results(of: 1).count + 3, of: 1)
    #expect(refused.last?.reason.kind == .refused)
    let count = prober.results(of: 0).count
    _ = try prober.wait(for: refused.count + 3, of: 1)
    #expect(prober.results(of: 0).count == count)
    #expect(prober.results(of: 2).isEmpty)
    #expect(prober.prober.counters.targets == 1)
  }

  @Test func heartbeatsAreNotProbed() throws {
    let peer = try TestPeer([.receive, .send(response)])
    let prober = try TestProber()
    prober.prober.update(add: [
      (id(0), try TestProber.target(check(peer.port))),
      (id(1), try TestProber.target(CheckDefinition(.heartbeat, port: nil))),
      (id(2), try TestProber.target(CheckDefinition(.always, port: nil))),
    ])
    _ = try prober.wait(for: 3)
    prober.prober.update(remove: [id(1), id(2)])
    _ = try prober.wait(for: 6)
    #expect(prober.prober.counters.targets == 1)
    #expect(prober.results(of: 1).isEmpty && prober.results(of: 2).isEmpty)
  }

  @Test func countersAddUp() throws {
    let peer = try TestPeer([.receive, .send(response)])
    let prober = try TestProber()
    prober.prober.update(add: [
      (id(0), try TestProber.target(check(peer.port))),
      (id(1), try TestProber.target(check(TestPeer.closedPort()))),
    ])
    _ = try prober.wait(for: 5)
    _ = try prober.wait(for: 5, of: 1)
    let counters = prober.prober.counters
    #expect(counters[.success] >= 4 && counters[.refused] >= 4)
    #expect(counters.finished == counters[.success] + counters[.refused])
    #expect(counters.started == counters.finished + UInt64(counters.running))
    #expect(counters.targets == 2)
  }

  /// While the prober's thread is held up, here by a report, the time of the probes that run stands still.
  @Test func theProbersOwnDelayIsNotHeldAgainstMembers() throws {
    let quick = try TestPeer([.receive, .send(response)])
    let slow = try TestPeer([.receive, .pause(milliseconds: 450), .send(response)])
    let slowResult = Mutex<ProbeResult?>(nil)
    let prober = try Prober { results, _ in
      for (id, result) in results {
        if id.rawValue == 0 { usleep(400_000) } else { slowResult.withLock { $0 = result } }
      }
    }
    defer { prober.stop() }
    prober.update(add: [
      (id(0), try TestProber.target(check(quick.port, interval: 5_000, timeout: 200))),
      (id(1), try TestProber.target(check(slow.port, interval: 5_000, timeout: 200))),
    ])
    for _ in 0..<3_000 where slowResult.withLock({ $0 == nil }) { usleep(1_000) }
    #expect(slowResult.withLock { $0?.reason } == Reason(.success, "200"))
  }

  /// However much time the prober's thread loses, here to reports: a probe ends when it has had so much more.
  @Test func delayHasALimit() throws {
    let hanging = try TestPeer([.hold])
    let closed = try TestPeer.closedPort()
    let hung = Mutex<ProbeResult?>(nil)
    let prober = try Prober(longestExcuse: .milliseconds(400)) { results, _ in
      for (id, result) in results where id.rawValue == 0 { hung.withLock { $0 = result } }
      usleep(60_000)
    }
    defer { prober.stop() }
    let hangs = try TestProber.target(check(hanging.port, interval: 60_000, timeout: 300))
    let quick = try TestProber.target(check(closed))
    prober.update(
      add: [(id(0), hangs)]
        + (1..<40).map { (id($0), quick) })
    let begin = Moment.now
    while hung.withLock({ $0 == nil }), Moment.now - begin < .seconds(20) { usleep(1_000) }
    let took = Moment.now - begin
    #expect(hung.withLock { $0?.reason.kind } == .timeout)
    #expect(took > .milliseconds(650) && took < .seconds(3))
    // Counters follow after a report.
    for _ in 0..<2_000 where prober.counters.abandoned == 0 { usleep(1_000) }
    #expect(prober.counters.abandoned > 0)
  }

  /// What a probe opens it closes.
  @Test func descriptorsAreClosed() throws {
    let peer = try TestPeer([.receive, .send(response)])
    let hanging = try TestPeer([.hold])
    func descriptors() throws -> Int {
      let folder = try #require(opendir("/proc/self/fd"))
      defer { closedir(folder) }
      var count = 0
      while let entry = readdir(folder) {
        // Those of other tests come and go; only sockets of this one are connected to these ports.
        let name = withUnsafePointer(to: &entry.pointee.d_name) {
          $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
        }
        guard let number = Int32(name) else { continue }
        var address = sockaddr_in()
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let status = withUnsafeMutablePointer(to: &address) {
          $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { getpeername(number, $0, &length) }
        }
        if status == 0, [peer.port, hanging.port].contains(UInt16(bigEndian: address.sin_port)) {
          count += 1
        }
      }
      return count
    }
    do {
      let prober = try TestProber()
      prober.prober.update(add: [
        (id(0), try TestProber.target(check(peer.port))),
        (id(1), try TestProber.target(check(hanging.port))),
      ])
      _ = try prober.wait(for: 5, of: 1)
      #expect(try descriptors() <= 2)
    }
    #expect(try descriptors() == 0)
  }
}
