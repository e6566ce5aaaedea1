import Testing

/// What NS, MX, SRV, CNAME and DNAME records lead to, as far as the zone knows.
@Suite struct TargetTests {
  private static func missing(_ line: Int, _ type: String, _ name: String) -> String {
    "\(line):1: warning: \(type) names \(name).example.com., which does not exist; add its A or AAAA record"
  }

  private static func noAddress(_ line: Int, _ type: String, _ name: String) -> String {
    "\(line):1: warning: \(type) names \(name).example.com., which has no A or AAAA record; add one"
  }

  private static func alias(_ line: Int, _ type: String, _ name: String) -> String {
    "\(line):1: warning: \(type) names \(name).example.com., which is a CNAME (RFC 2181 §10.3); "
      + "name its target instead"
  }

  private static func redirected(_ line: Int, _ type: String, _ name: String, _ dname: String) -> String {
    "\(line):1: warning: \(type) names \(name).example.com., which the DNAME at \(dname).example.com. "
      + "makes a CNAME (RFC 2181 §10.3); name its target instead"
  }

  private static func address(_ line: Int, _ type: String, _ name: String, _ address: String) -> String {
    "\(line):1: warning: \(type) leads to \(name)., which looks like an address, but must lead to a name; "
      + "give a name an address record for \(address), and write that name here"
  }

  private static func missingGlue(_ line: Int, _ name: String) -> String {
    "\(line):1: warning: missing glue: \(name).example.com. lies in the delegated zone, "
      + "so its A or AAAA record is needed here"
  }

  private static func sibling(_ line: Int, _ name: String, _ cut: String) -> String {
    "\(line):1: warning: missing sibling glue: \(name).example.com. lies in the zone delegated at "
      + "\(cut).example.com.; repeat its A or AAAA record here (RFC 9471 §3.2)"
  }

  static let glueCases: [ZoneCase] = [
    ZoneCase("glue", "sub NS ns.sub\nns.sub A 192.0.2.2\n"),
    ZoneCase("glue of IPv6 only", "sub NS ns.sub\nns.sub AAAA 2001:db8::1\n"),
    ZoneCase("glue deeper down", "sub NS a.b.sub\na.b.sub A 192.0.2.2\n"),
    ZoneCase("glue missing", "sub NS ns.sub\n", [missingGlue(5, "ns.sub")]),
    ZoneCase(
      "glue that is no address", "sub NS ns.sub\nns.sub TXT \"x\"\n",
      [
        missingGlue(5, "ns.sub"),
        "6:1: warning: ns.sub.example.com. is hidden by the delegation at sub.example.com.; drop one of them",
      ]),
    ZoneCase(
      "glue missing for one of two", "sub NS ns1.sub\nsub NS ns2.sub\nns1.sub A 192.0.2.2\n",
      [missingGlue(6, "ns2.sub")]),
    ZoneCase("glue at the cut", "sub NS sub\nsub A 192.0.2.2\n"),
    ZoneCase("glue missing at the cut", "sub NS sub\n", [missingGlue(5, "sub")]),
    ZoneCase(
      "an address at the cut is no glue for a name below", "sub NS sub\nsub NS ns.sub\nsub A 192.0.2.2\n",
      [missingGlue(6, "ns.sub")]),
    ZoneCase(
      "glue above is no glue for a name below", "sub NS ns.sub\nsub NS a.ns.sub\nns.sub A 192.0.2.2\n",
      [missingGlue(6, "a.ns.sub")]),
    ZoneCase("a wildcard is no glue", "sub NS ns.sub\n*.sub A 192.0.2.2\n", [missingGlue(5, "ns.sub")]),
    ZoneCase("server of the zone itself", "sub NS ns1\n"),
    ZoneCase("server outside", "sub NS ns.example.net.\n"),
    ZoneCase(
      "sibling glue", "one NS ns.two\ntwo NS ns.two\nns.two A 192.0.2.2\n"),
    ZoneCase(
      "sibling glue missing", "one NS ns.two\ntwo NS ns.example.net.\n", [sibling(5, "ns.two", "two")]),
    ZoneCase(
      "sibling glue missing where there is other glue",
      "one NS ns2.two\ntwo NS ns1.two\nns1.two A 192.0.2.2\n", [sibling(5, "ns2.two", "two")]),
    ZoneCase(
      "the zone's own server in a delegated zone", "@ NS ns.sub\nsub NS ns.example.net.\n",
      [
        "5:1: warning: missing glue: ns.sub.example.com. lies in the zone delegated at sub.example.com., "
          + "so its A or AAAA record is needed here, too"
      ]),
    ZoneCase(
      "the zone's own server in a delegated zone, with glue",
      "@ NS ns.sub\nsub NS ns.sub\nns.sub A 192.0.2.2\n"),
  ]

  static let hostCases: [ZoneCase] = [
    ZoneCase("MX and SRV that are right", "@ MX 10 mail\nmail A 192.0.2.2\n_a._tcp SRV 1 2 3 mail\n"),
    ZoneCase("MX to the apex", "@ MX 10 @\n@ A 192.0.2.2\n"),
    ZoneCase("MX outside", "@ MX 10 mail.example.net.\n"),
    ZoneCase("null MX", "@ MX 0 .\n"),
    ZoneCase("SRV without a service", "_a._tcp SRV 0 0 0 .\n"),
    ZoneCase("MX to nothing", "@ MX 10 mail\n", [missing(5, "MX", "mail")]),
    ZoneCase("SRV to nothing", "_a._tcp SRV 1 2 3 mail\n", [missing(5, "SRV", "mail")]),
    ZoneCase("NS of a delegation to nothing", "sub NS ns9\n", [missing(5, "NS", "ns9")]),
    ZoneCase("MX without an address", "@ MX 10 mail\nmail TXT \"x\"\n", [noAddress(5, "MX", "mail")]),
    ZoneCase("SRV without an address", "_a._tcp SRV 1 2 3 x\nx TXT \"x\"\n", [noAddress(5, "SRV", "x")]),
    ZoneCase("MX to an empty name", "@ MX 10 mail\na.mail A 192.0.2.2\n", [noAddress(5, "MX", "mail")]),
    ZoneCase("MX to a CNAME", "@ MX 10 mail\nmail CNAME ns1\n", [alias(5, "MX", "mail")]),
    ZoneCase("SRV to a CNAME", "_a._tcp SRV 1 2 3 mail\nmail CNAME ns1\n", [alias(5, "SRV", "mail")]),
    ZoneCase("NS to a CNAME", "@ NS ns2\nns2 CNAME ns1\n", [alias(5, "NS", "ns2")]),
    ZoneCase(
      "each record is told", "@ MX 10 a\n@ MX 20 b\n", [missing(5, "MX", "a"), missing(6, "MX", "b")]),
    ZoneCase("MX to a name that a wildcard covers", "@ MX 10 a.b.mail\n*.mail A 192.0.2.2\n"),
    ZoneCase(
      "MX to a name that a wildcard covers, without an address", "@ MX 10 a.mail\n*.mail TXT \"x\"\n",
      [noAddress(5, "MX", "a.mail")]),
    ZoneCase(
      "MX to a name that a wildcard makes a CNAME", "@ MX 10 a.mail\n*.mail CNAME ns1\n",
      [alias(5, "MX", "a.mail")]),
    ZoneCase(
      "MX to a name that a wildcard further up does not cover",
      "@ MX 10 x.b.mail\n*.mail A 192.0.2.2\na.b.mail A 192.0.2.3\n", [missing(5, "MX", "x.b.mail")]),
    ZoneCase("MX in a delegated zone", "@ MX 10 mail.sub\nsub NS ns1\n"),
    ZoneCase("MX to a delegated name", "@ MX 10 sub\nsub NS ns1\n"),
    ZoneCase("MX to what is glue for others", "@ MX 10 ns.sub\nsub NS ns.sub\nns.sub A 192.0.2.2\n"),
    ZoneCase(
      "SRV below other glue in a delegated zone",
      "_a._tcp SRV 1 2 3 x.ns.sub\nsub NS ns.sub\nns.sub A 192.0.2.2\n"),
    ZoneCase(
      "MX below a DNAME", "@ MX 10 mail.d\nd DNAME example.net.\n", [redirected(5, "MX", "mail.d", "d")]),
    ZoneCase("MX to the DNAME's owner", "@ MX 10 d\nd DNAME example.net.\nd A 192.0.2.2\n"),
    ZoneCase(
      "NS below a DNAME", "@ NS ns.d\nd DNAME example.net.\n", [redirected(5, "NS", "ns.d", "d")]),
    ZoneCase(
      "an address instead of a name", "@ MX 10 192.0.2.25\n",
      [
        address(5, "MX", "192.0.2.25.example.com", "192.0.2.25")
      ]),
    ZoneCase(
      "an address and a dot instead of a name", "@ NS 192.0.2.25.\n",
      [address(5, "NS", "192.0.2.25", "192.0.2.25")]),
    ZoneCase(
      "an address of IPv6 instead of a name", "_a._tcp SRV 1 2 3 2001:db8::25\n",
      [address(5, "SRV", "2001:db8::25.example.com", "2001:db8::25")]),
    ZoneCase("numbers that are no address", "@ MX 10 1.2.3\n1.2.3 A 192.0.2.2\n"),
    ZoneCase("three numbers", "@ MX 10 1.2.3.\n"),
    ZoneCase("numbers too large for an address", "@ MX 10 1.2.3.256\n1.2.3.256 A 192.0.2.2\n"),
  ]

  static let aliasCases: [ZoneCase] = [
    ZoneCase("CNAME", "www CNAME ns1\n"),
    ZoneCase("CNAME outside", "www CNAME www.example.net.\n"),
    ZoneCase("CNAME to an empty name", "www CNAME a\nb.a TXT \"x\"\n"),
    ZoneCase("CNAME to a name that a wildcard covers", "www CNAME a.b\n*.b TXT \"x\"\n"),
    ZoneCase("CNAME below a DNAME", "www CNAME a.d\nd DNAME example.net.\n"),
    ZoneCase("CNAME into a delegated zone", "www CNAME a.sub\nsub NS ns1\n"),
    ZoneCase(
      "CNAME to nothing", "www CNAME web\n",
      [
        "5:1: warning: CNAME leads to web.example.com., which does not exist; add it, or drop the CNAME"
      ]),
    ZoneCase(
      "CNAME to itself", "www CNAME www\n",
      ["5:1: warning: the CNAME at www.example.com. leads back to itself; name what holds the data"]),
    ZoneCase(
      "a loop of three, and a way into it", "a CNAME b\nb CNAME c\nc CNAME a\nin CNAME a\n",
      ["a", "b", "c"].enumerated().map {
        "\($0 + 5):1: warning: the CNAME at \($1).example.com. leads back to itself; name what holds the data"
      }),
    ZoneCase(
      "a loop through a wildcard", "*.w CNAME x.w\n",
      ["5:1: warning: the CNAME at *.w.example.com. leads back to itself; name what holds the data"]),
    ZoneCase("a long chain", (1...40).map { "c\($0) CNAME c\($0 + 1)\n" }.joined() + "c41 A 192.0.2.2\n"),
    ZoneCase(
      "a DNAME to below itself", "d DNAME x.d\n",
      [
        "5:1: warning: the DNAME at d.example.com. leads to x.d.example.com., at or below itself, and so never "
          + "ends (RFC 6672 §2.4); name a target elsewhere"
      ]),
    ZoneCase("a DNAME to above itself", "x.d DNAME d\n"),
    ZoneCase("a DNAME to beside itself", "d DNAME xd\n"),
  ]

  @Test(arguments: glueCases)
  func glue(_ zone: ZoneCase) throws { try zone.check() }

  @Test(arguments: hostCases)
  func hosts(_ zone: ZoneCase) throws { try zone.check() }

  @Test(arguments: aliasCases)
  func aliases(_ zone: ZoneCase) throws { try zone.check() }
}
