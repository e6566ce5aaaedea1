import DNSWire
import Testing

@testable import Zones

/// Zones with very many of one thing load whole. What grew with the square of their number would not end.
@Suite struct LargeZoneTests {
  @Test func names() throws {
    let count = 100_000
    let (zone, diagnostics) = try compile(
      ZoneCase.sound + "$GENERATE 0-\(count - 1) seven${0,6,d} A 10.0.0.1\n")
    #expect(diagnostics == [])
    let compiled = try #require(zone)
    #expect(compiled.recordCount == count + 3)
    #expect(compiled.view.slotCount == UInt32(count + 2) * 7 / 4 + 1)
    for number in stride(from: 0, to: count, by: 997) {
      let digits = "\(1_000_000 + number)".dropFirst()
      #expect(try compiled.node("seven\(digits).example.com")?.rrset(of: .a)?.recordCount == 1)
      #expect(try compiled.node("seven\(digits)0.example.com") == nil)
    }
  }

  @Test func deepNames() throws {
    // 119 labels above the zone's two: each line has as many names above it as there can be.
    let above = (0..<118).map { "\($0 % 10)" }.joined(separator: ".")
    let (zone, diagnostics) = try compile(
      ZoneCase.sound + "$GENERATE 0-999 ${0,3,d}.\(above) A 10.0.0.1\n", apex: "example.com")
    #expect(diagnostics == [])
    let compiled = try #require(zone)
    #expect(compiled.view.slotCount == (1000 + 118 + 2) * 7 / 4 + 1)
    #expect(compiled.view.maximumLabels == 121)
    #expect(try compiled.node("1.\(above).example.com") == nil)
    #expect(try compiled.node("001.\(above).example.com")?.rrsetCount == 1)
    #expect(try compiled.node("\(above).example.com")?.rrsetCount == 0)
  }

  @Test func delegationsWithGlue() throws {
    let count = 10_000
    let (zone, diagnostics) = try compile(
      ZoneCase.sound + "$GENERATE 0-\(count - 1) z$ NS ns.z$\n$GENERATE 0-\(count - 2) ns.z$ A 10.0.0.1\n")
    #expect(
      diagnostics.map(\.afterFile) == [
        "5:1: warning: missing glue: ns.z9999.example.com. lies in the delegated zone, "
          + "so its A or AAAA record is needed here"
      ])
    #expect(try #require(zone).recordCount == 2 * count + 2)
  }

  /// A chain is not followed to its end from each of its names.
  @Test func chainOfAliases() throws {
    let count = 20_000
    let (zone, diagnostics) = try compile(
      ZoneCase.sound + (0..<count).map { "c\($0) CNAME c\($0 + 1)\n" }.joined() + "c\(count) A 10.0.0.1\n")
    #expect(diagnostics == [])
    #expect(try #require(zone).recordCount == count + 4)
  }

  @Test func types() throws {
    let (zone, diagnostics) = try compile(
      ZoneCase.sound + (0..<300).map { "x TYPE\(1000 + $0) \\# 2 \(1000 + $0)\n" }.joined()
        + "x A 192.0.2.2\n")
    #expect(diagnostics == [])
    let node = try #require(try zone?.node("x.example.com"))
    #expect(node.rrsetCount == 301)
    #expect(node.firstRRset?.type == .a)
    for number in UInt16(1000)..<1300 {
      let rrset = try #require(node.rrset(of: RRType(rawValue: number)))
      let octets = hexadecimal([rrset.rdataOctet(at: 0), rrset.rdataOctet(at: 1)])
      #expect(octets == "\(number)")
    }
    #expect(node.rrset(of: RRType(rawValue: 1300)) == nil)
    #expect(node.rrset(of: .aaaa) == nil)
  }
}
