import Glibc
import TestSupport
import Testing

@testable import Control

struct ServiceManagerTests {
  private static func manager(_ variables: [String: String]) -> ServiceManager {
    ServiceManager { variables[$0] }
  }

  /// Of CLOCK_MONOTONIC.
  private static var microseconds: Int {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return time.tv_sec * 1_000_000 + time.tv_nsec / 1_000
  }

  @Test(arguments: ["/", "@swiftlet-test-"]) func messages(_ kind: String) throws {
    let folder = TemporaryFolder()
    let place = kind == "/" ? "\(folder.path)/notify" : "\(kind)\(getpid())"
    let listener = DatagramListener(place)
    let manager = Self.manager(["NOTIFY_SOCKET": place])
    manager.tell(.ready("2 zones"))
    #expect(listener.next() == "READY=1\nSTATUS=2 zones")
    manager.tell(.alive)
    #expect(listener.next() == "WATCHDOG=1")
    manager.tell(.stopping)
    #expect(listener.next() == "STOPPING=1")
  }

  /// A manager compares the time with that of its request: rounded down it would come before it.
  @Test func reloadingHasTheTimeInMicroseconds() throws {
    let folder = TemporaryFolder()
    let listener = DatagramListener("\(folder.path)/notify")
    let before = Self.microseconds
    Self.manager(["NOTIFY_SOCKET": "\(folder.path)/notify"]).tell(.reloading)
    let after = Self.microseconds
    let lines = try #require(listener.next()).split(separator: "\n")
    #expect(lines.first == "RELOADING=1")
    let time = try #require(lines.last?.split(separator: "=").last.flatMap { Int($0) })
    #expect(lines.last == "MONOTONIC_USEC=\(time)")
    #expect((before...after).contains(time))
  }

  @Test(arguments: ["/nonexistent/notify", "@nobody-listens-here", "/" + String(repeating: "a", count: 200)])
  func nobodyThere(_ place: String) {
    #expect(!System.send("WATCHDOG=1", to: place))
  }

  /// A manager that does not read holds nobody up for long.
  @Test func fullQueue() throws {
    let folder = TemporaryFolder()
    let listener = DatagramListener("\(folder.path)/notify")
    var sent = 0
    while sent < 10_000, System.send("WATCHDOG=1", to: "\(folder.path)/notify") { sent += 1 }
    #expect(sent < 10_000)
    for _ in 0..<sent { #expect(listener.next() == "WATCHDOG=1") }
  }

  @Test(arguments: [
    (["WATCHDOG_USEC": "30000000"], 15_000), (["WATCHDOG_USEC": "30000000", "WATCHDOG_PID": "1"], nil),
    (["WATCHDOG_USEC": "30000000", "WATCHDOG_PID": "\(getpid())"], 15_000), ([:], nil),
    (["WATCHDOG_USEC": "0"], nil), (["WATCHDOG_USEC": "soon"], nil),
  ])
  func heartbeat(_ variables: [String: String], _ milliseconds: Int?) {
    let manager = Self.manager(variables.merging(["NOTIFY_SOCKET": "@there"]) { $1 })
    #expect(manager.heartbeat == milliseconds.map { .milliseconds($0) })
    #expect(Self.manager(variables).heartbeat == nil)
  }
}
