import Testing

/// Data written in hexadecimal (RFC 3597 §5) is not taken on trust: what is not of its type's form is refused.
@Suite struct GenericDataTests {
  static let malformed = [
    "MX \\# 2 000a", "MX \\# 1 00", "MX \\# 0", "NS \\# 0", "NS \\# 2 c00c", "CNAME \\# 4 03617777",
    "MX \\# 4 000a0161", "SRV \\# 6 000000000000", "SVCB \\# 1 00", "SVCB \\# 2 0001",
    "HTTPS \\# 4 00010161", "DNAME \\# 5 0161006100", "NS \\# 3 000000", "PTR \\# 2 4100",
    "TYPE2 \\# 1 41", "SOA \\# 4 00000000", "TYPE6 \\# 21 \(String(repeating: "0", count: 42))",
    "A \\# 3 c00002", "AAAA \\# 4 c0000201",
  ]

  @Test(arguments: malformed)
  func refused(_ data: String) throws {
    // Twice, so that it is compared, too.
    let (zone, diagnostics) = try compile(ZoneCase.sound + "x \(data)\nx \(data)\nx TXT \"x\"\n")
    #expect(zone == nil)
    #expect(diagnostics.map(\.line) == [5, 6])
    #expect(diagnostics.allSatisfy { $0.severity == .error })
  }
}
