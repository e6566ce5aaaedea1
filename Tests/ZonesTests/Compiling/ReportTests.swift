import DNSWire
import TestSupport
import Testing

@testable import Zones

/// Where diagnostics point to, in which order, and how many there are at most.
@Suite struct ReportTests {
  @Test func includedFiles() throws {
    let folder = TemporaryFolder()
    let first = folder.write(
      "first", "\n\n  \nwww A 192.0.2.2\nwww CNAME ns1\nwww.example.net. A 192.0.2.2\n@ MX 10 mail\n")
    let second = folder.write("second", "@ SOA ns1 hostmaster 2 7200 900 1209600 300\n   NS ns2\n")
    let text =
      "$INCLUDE \(second)\n" + ZoneCase.sound + "$INCLUDE \(first)\nsub MX 10 mail\n$INCLUDE \(second) sub\n"
    let zone = folder.write("zone", text)
    let result = ZoneLoader.load(file: zone, apex: try DomainName("example.com"))
    #expect(result.zone == nil)
    #expect(result.files == [zone, second, first, second])
    let expected = [
      "\(zone):3:1: error: a second SOA: a zone has exactly one (RFC 1035 §5.2); delete one of them",
      "\(zone):7:1: warning: MX names mail.example.com., which does not exist; add its A or AAAA record",
      "\(zone):7:1: warning: MX at sub.example.com. is hidden by the delegation there; "
        + "move it to the delegated zone, or drop the NS records",
      "\(second):1:1: error: SOA at sub.example.com., below the apex example.com.: a zone has one SOA, "
        + "at its apex (RFC 1035 §5.2); move this zone to a file of its own",
    ]
    let said = result.diagnostics.map(\.description)
    for line in expected { #expect(said.contains(line), "\(said)") }
    #expect(
      said.filter { $0.hasPrefix("\(first):") } == [
        "\(first):5:1: error: CNAME beside other data at www.example.com.: "
          + "a name with a CNAME has nothing else (RFC 2181 §10.1)",
        "\(first):6:1: warning: www.example.net. is not in the zone example.com.: ignored; "
          + "move it to the file of its own zone",
        "\(first):7:1: warning: MX names mail.example.com., which does not exist; add its A or AAAA record",
      ])
    let places = result.diagnostics.map { ($0.file == zone ? 0 : $0.file == second ? 1 : 2, $0.line) }
    #expect(places.elementsEqual(places.sorted(by: <), by: ==))
  }

  static let lines: [(records: Int, shown: Int, left: Int)] = [
    (199, 199, 0), (200, 200, 0), (201, 201, 1), (20_000, 201, 19_800),
  ]

  /// The zone with very much wrong is still one that can be reported.
  @Test(arguments: lines)
  func warningsAreCapped(_ records: Int, _ shown: Int, _ left: Int) throws {
    let text = ZoneCase.sound + String(repeating: "www A 192.0.2.2\n", count: records + 1)
    let (zone, diagnostics) = try compile(text)
    #expect(try #require(zone).recordCount == 4)
    #expect(diagnostics.count == shown)
    #expect(diagnostics.allSatisfy { $0.severity == .warning })
    #expect(
      diagnostics.last?.message
        == (left > 0
          ? "\(left) more errors or warnings are not shown"
          : "duplicate A record of www.example.com.: dropped; delete this line"))
  }

  /// Among very many warnings, what refuses the zone is said.
  @Test func firstErrorIsShown() throws {
    let text =
      ZoneCase.sound + String(repeating: "www A 192.0.2.2\n", count: 500) + "x CNAME ns1\nx TXT \"x\"\n"
      + "y CNAME ns1\ny TXT \"y\"\n"
    let (zone, diagnostics) = try compile(text)
    #expect(zone == nil)
    #expect(diagnostics.count == 202)
    #expect(
      diagnostics.filter { $0.severity == .error }.map(\.afterFile) == [
        "505:1: error: CNAME beside other data at x.example.com.: "
          + "a name with a CNAME has nothing else (RFC 2181 §10.1)"
      ])
    #expect(diagnostics.last?.message == "300 more errors or warnings are not shown")
  }

  /// Types of messages get past a reader of other sources than text; a zone does not take them.
  @Test(arguments: [UInt16(0), 41, 249, 250, 251, 252, 253, 254, 255])
  func metaTypes(_ number: UInt16) throws {
    let apex = try DomainName("example.com")
    var builder = ZoneBuilder(apex: apex)
    let position = RecordPosition(file: 0, line: 7, column: 3)
    let soa = [UInt8](repeating: 0, count: 22)
    for (type, rdata) in [(RRType.soa, soa), (.ns, [0]), (RRType(rawValue: number), [1, 2])] {
      builder.add(owner: apex.octets.span, type: type, ttl: 60, rdata: rdata.span, at: position)
    }
    let (zone, diagnostics) = builder.compile(files: ["zone"])
    #expect(zone == nil)
    let name = RRType(rawValue: number).mnemonic
    #expect(
      diagnostics.map(\.description) == [
        "zone:7:3: error: \(name) is not a type of data that a zone can hold; delete it"
      ])
  }
}
