import TestSupport
import Testing

@testable import Control

/// What a running server says of its answers is what it answers by.
struct LiveExplainTests {
  private static let zone = """
    @ 300 IN SOA ns1 hostmaster 1 7200 900 1209600 300
    @ 300 IN NS ns1
    ns1 300 IN A 192.0.2.53
    www 60 IN A 192.0.2.1
    www 60 IN A 192.0.2.2
    _lb.www IN TXT "check=self steer=up,weighted fail=last ttl=1..60"
    self._check IN TXT "type=heartbeat interval=20s"

    """

  @Test func timeToLiveAndLastAnswers() throws {
    let folder = TemporaryFolder()
    folder.write("a.example.zone", Self.zone)
    let control = "\(folder.path)/control"
    let (server, client) = try ServerProcess.serving(folder, [], control: control)
    func run(_ arguments: String...) throws -> [String] {
      try Command(arguments + ["--control", control]).lines
    }
    // Each of them may flip with its first report.
    #expect(try run("explain", "www.a.example").first?.hasSuffix(" TTL 20") == true)
    #expect(try run("status", "www.a.example").contains("www.a.example. A: check self, TTL 20"))
    for member in ["192.0.2.1", "192.0.2.2"] { _ = try run("down", member) }
    #expect(try client.ask("www.a.example") == "0 192.0.2.2")
    let lines = try run("explain", "www.a.example")
    #expect(lines.contains("up: leaves 1 (none is left, so fail=last takes those answered last)"))
    #expect(lines.last == "  192.0.2.2")
    #expect(try server.stop() == 0)
  }
}
