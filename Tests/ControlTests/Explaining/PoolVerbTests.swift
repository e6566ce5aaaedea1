import TestSupport
import Testing

@testable import Control

/// `swiftlet explain`, `simulate` and `diff` as processes.
struct PoolVerbTests {
  private let zone = PoolZone()

  private func run(_ arguments: [String]) throws -> (status: Int32, lines: [String]) {
    let process = try ServerProcess(arguments)
    return (try process.exitStatus(), process.lines)
  }

  @Test func done() throws {
    let path = zone.folder.path
    let explained = try run([
      "explain", path, "www.example.com", "--down", "192.0.2.10", "--set", "192.0.2.11:weight=50%",
    ])
    #expect(explained.status == 0)
    #expect(explained.lines.contains("  drops 192.0.2.10: it is down"))
    let located = try run([
      "explain", path, "place.example.com", "--nearest", "nyc", "--owner", "nyc", "--json",
    ])
    #expect(located.status == 0)
    #expect(located.lines.first?.contains(#""nearest":["nyc"],"owner":"nyc""#) == true)
    let simulated = try run(["simulate", path, "www.example.com", "--queries", "10"])
    #expect(simulated.status == 0)
    #expect(simulated.lines.last == "  192.0.2.12      2/10  20.00%    2  20.00%")
    let compared = try run(["diff", path, "\(path)/"])
    #expect(compared.status == 0)
    #expect(compared.lines == ["no pool changes"])
  }

  @Test(
    arguments: [
      (["explain", ".", "www.example.org"], 1), (["simulate", ".", "none.example.com", "--queries", "1"], 1),
      (["diff", ".", "/nonexistent"], 1), (["explain", ".", "www.example.com", "--type", "MX"], 64),
      (["simulate", ".", "www.example.com", "--queries", "0"], 64),
      (["simulate", ".", "www.example.com"], 64),
      (["diff", "."], 64), (["diff", ".", "./example.com.zone"], 64),
    ] as [([String], Int32)])
  func failed(_ arguments: [String], _ status: Int32) throws {
    let path = zone.folder.path
    let result = try run(arguments.map { $0.hasPrefix(".") ? path + $0.dropFirst() : $0 })
    #expect(result.status == status)
    #expect(!result.lines.isEmpty)
  }
}
