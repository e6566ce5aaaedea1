import Testing

/// Data that no query can reach: below delegations and DNAMEs, and where a type has no meaning.
@Suite struct HidingTests {
  private static let digest = String(repeating: "0", count: 64)

  private static func hidden(_ line: Int, _ name: String, _ by: String) -> String {
    "\(line):1: warning: \(name).example.com. is hidden by the \(by).example.com.; drop one of them"
  }

  private static func hiddenAtCut(_ line: Int, _ type: String) -> String {
    "\(line):1: warning: \(type) at sub.example.com. is hidden by the delegation there; "
      + "move it to the delegated zone, or drop the NS records"
  }

  private static func atWildcard(_ line: Int, _ type: String) -> String {
    "\(line):1: warning: \(type) at the wildcard *.w.example.com. has no defined meaning "
      + "(RFC 4592 §4.2, §4.4); name the owners one by one"
  }

  static let cases: [ZoneCase] = [
    ZoneCase("delegation with DS", "sub NS ns1\nsub DS 1 8 2 \(digest)\n"),
    ZoneCase("TXT at a delegation", "sub NS ns1\nsub TXT \"x\"\n", [hiddenAtCut(6, "TXT")]),
    ZoneCase("MX at a delegation", "sub MX 10 ns1\nsub NS ns1\n", [hiddenAtCut(5, "MX")]),
    ZoneCase("DNAME at a delegation", "sub NS ns1\nsub DNAME example.net.\n", [hiddenAtCut(6, "DNAME")]),
    ZoneCase("addresses below a delegation", "sub NS ns1\nwww.sub A 192.0.2.2\nwww.sub AAAA 2001:db8::1\n"),
    ZoneCase(
      "TXT below a delegation", "sub NS ns1\nwww.sub TXT \"x\"\n",
      [hidden(6, "www.sub", "delegation at sub")]),
    ZoneCase(
      "far below a delegation", "sub NS ns1\na.b.c.sub TXT \"x\"\n",
      [hidden(6, "a.b.c.sub", "delegation at sub")]),
    ZoneCase(
      "before the delegation", "a.sub TXT \"x\"\nsub NS ns1\n", [hidden(5, "a.sub", "delegation at sub")]),
    ZoneCase(
      "glue with other data", "sub NS ns.sub\nns.sub A 192.0.2.2\nns.sub TXT \"x\"\n",
      [hidden(7, "ns.sub", "delegation at sub")]),
    ZoneCase(
      "delegation below a delegation", "sub NS ns1\na.sub NS ns1\nb.a.sub TXT \"x\"\n",
      [hidden(6, "a.sub", "delegation at sub"), hidden(7, "b.a.sub", "delegation at sub")]),
    ZoneCase(
      "CNAME beside other data where neither is seen", "sub NS ns1\na.sub CNAME b\na.sub TXT \"x\"\n",
      [hidden(6, "a.sub", "delegation at sub")]),
    ZoneCase(
      "address below a DNAME", "d DNAME example.net.\na.d A 192.0.2.2\n", [hidden(6, "a.d", "DNAME at d")]),
    ZoneCase(
      "wildcard below a DNAME", "d DNAME example.net.\n*.d A 192.0.2.2\n", [hidden(6, "*.d", "DNAME at d")]),
    ZoneCase(
      "delegation below a DNAME", "d DNAME example.net.\nsub.d NS ns1\n", [hidden(6, "sub.d", "DNAME at d")]),
    ZoneCase(
      "DS without a delegation", "x DS 1 8 2 \(digest)\n",
      ["5:1: warning: DS at x.example.com., where no zone is delegated; add NS records or drop it"]),
    ZoneCase(
      "DS at the apex", "@ DS 1 8 2 \(digest)\n",
      ["5:1: warning: DS at example.com., where no zone is delegated; add NS records or drop it"]),
    ZoneCase("wildcard", "*.w A 192.0.2.2\n*.w TXT \"x\"\n* MX 10 ns1\n"),
    ZoneCase("NS at a wildcard", "*.w NS ns1\n", [atWildcard(5, "NS")]),
    ZoneCase("DNAME at a wildcard", "*.w DNAME example.net.\n", [atWildcard(5, "DNAME")]),
    ZoneCase("names below a wildcard", "*.w NS ns1\na.*.w TXT \"x\"\n", [atWildcard(5, "NS")]),
  ]

  @Test(arguments: cases)
  func hiding(_ zone: ZoneCase) throws { try zone.check() }
}
