import DNSWire
import Glibc
import Health
import Steering
import Synchronization
import Testing

@testable import Probing

/// A prober whose results can be waited for. Stopped with its last reference.
final class TestProber: Sendable {
  private final class Results: Sendable {
    let list = Mutex<[(id: Target.ID, result: ProbeResult, at: Moment)]>([])
  }

  private let results = Results()
  let prober: Prober

  init(budget: Int = 100) throws {
    let results = results
    prober = try Prober(budget: budget) { reported, moment in
      results.list.withLock { $0 += reported.map { ($0.id, $0.result, moment) } }
    }
  }

  deinit { prober.stop() }

  func results(of id: Int) -> [ProbeResult] {
    results.list.withLock { $0.filter { $0.id.rawValue == id }.map(\.result) }
  }

  /// When they were reported.
  func moments(of id: Int) -> [Moment] {
    results.list.withLock { $0.filter { $0.id.rawValue == id }.map(\.at) }
  }

  /// Waits until a target has `count` results, at most ten seconds.
  func wait(for count: Int = 1, of id: Int = 0) throws -> [ProbeResult] {
    for _ in 0..<10_000 {
      let results = results(of: id)
      if results.count >= count { return results }
      usleep(1_000)
    }
    throw Missing()
  }

  struct Missing: Error {}

  /// The first result of a target that is probed from here on.
  static func result(of check: CheckDefinition, at address: String = "127.0.0.1") throws -> ProbeResult {
    let prober = try TestProber()
    prober.prober.update(add: [(Target.ID(rawValue: 0), try target(check, address))])
    return try prober.wait()[0]
  }

  static func target(_ check: CheckDefinition, _ address: String = "127.0.0.1") throws -> Target {
    Target(check, of: .address(try #require(IPAddress(address))))
  }
}

extension CheckDefinition {
  /// A check for tests, of short times.
  init(
    _ probe: Probe, port: UInt16?, interval: Duration = .seconds(1), timeout: Duration = .milliseconds(300)
  ) {
    self.init(name: "test", probe: probe)
    self.port = port
    self.interval = interval
    self.timeout = timeout
  }
}
