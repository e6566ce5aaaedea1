import TestSupport
import Testing

@testable import Control

/// `swiftlet simulate`, without a process.
struct SimulateTests {
  private let zone = PoolZone()

  private func lines(
    _ question: PoolQuestion, queries: Int, clients: [String] = [], seed: UInt64 = 1
  ) throws -> [String] {
    try PoolSimulator(question: question, queries: queries, clients: clients, seed: seed).report()
  }

  @Test func countsWeightsExactly() throws {
    let simulator = PoolSimulator(question: zone.question("www"), queries: 1003, hasBars: true)
    #expect(
      try simulator.report() == [
        "www.example.com. A: steer=up,tier,weighted, 1003 queries",
        "  member      expected          got",
        "  192.0.2.10      5/10  50.00%  501  49.95%  " + String(repeating: "█", count: 20),
        "  192.0.2.11      3/10  30.00%  301  30.01%  " + String(repeating: "█", count: 12),
        "  192.0.2.12      2/10  20.00%  201  20.04%  " + String(repeating: "█", count: 8),
      ])
  }

  @Test func countsNoData() throws {
    let simulator = PoolSimulator(
      question: zone.question("closed", down: ["192.0.2.40"]), queries: 4, hasBars: true)
    #expect(
      try simulator.report().dropFirst() == [
        "  member      expected         got",
        "  192.0.2.40         0  0.00%    0    0.00%",
        "  NODATA                         4  100.00%  " + String(repeating: "█", count: 40),
      ])
  }

  @Test func oneNetworkSticksToOneMember() throws {
    #expect(
      try lines(zone.question("x.s"), queries: 50, clients: ["198.51.100.0/24"]).suffix(2) == [
        "  192.0.2.20  16413/32768  50.09%   50  100.00%",
        "  192.0.2.21  16355/32768  49.91%    0    0.00%",
      ])
  }

  @Test func oneNameSticksToOneMember() throws {
    let lines = try lines(zone.question("x.n"), queries: 50)
    #expect(lines[1] == "one name sticks to one member; ask for *.n.example.com. to have many names")
    #expect(lines.suffix(2).contains { $0.hasSuffix("  50  100.00%") })
  }

  /// Within five standard deviations of half.
  @Test(
    arguments: [("*.n", []), ("x.s", []), ("x.s", ["2001:db8::/32"]), ("dice", [])] as [(String, [String])])
  func manySpreadOverMembers(_ name: String, _ clients: [String]) throws {
    let subject = try zone.question(name).subject()
    let networks = try ClientList.networks(of: clients.isEmpty ? ["0.0.0.0/0"] : clients)
    let simulation = Simulation(
      of: subject.explanations()[0], queries: 10_000, clients: networks, seed: 3)
    #expect(simulation.counts.reduce(0, +) == 10_000)
    #expect(simulation.counts.allSatisfy { abs($0 - 5000) < 250 }, "\(simulation.counts)")
  }

  @Test func aSeedRepeats() throws {
    let question = zone.question("x.s")
    #expect(try lines(question, queries: 2000, seed: 7) == lines(question, queries: 2000, seed: 7))
    #expect(try lines(question, queries: 2000, seed: 7) != lines(question, queries: 2000, seed: 8))
  }

  @Test func readsClientsFromFiles() throws {
    let file = zone.folder.write(
      "clients", "# offices\n198.51.100.0/24\n\n \t10.0.0.1 # one\r\n2001:db8::/32")
    #expect(
      try ClientList.networks(of: [file, "192.0.2.0/24"]).map(\.description) == [
        "198.51.100.0/24", "10.0.0.1", "2001:db8::/32", "192.0.2.0/24",
      ])
  }

  @Test func writesJSON() throws {
    #expect(
      try PoolSimulator(question: zone.question("closed"), queries: 3, json: true).report() == [
        #"{"pools":[{"name":"closed.example.com.","type":"A","policy":"_lb.closed.example.com.","queries":3,"#
          + #""members":[{"member":"192.0.2.40","expected":{"part":1,"whole":1,"percent":"100.00%"},"#
          + #""got":{"part":3,"whole":3,"percent":"100.00%"}}],"nodata":0}]}"#
      ])
  }
}
