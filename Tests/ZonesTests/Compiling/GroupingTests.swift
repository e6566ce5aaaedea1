import Testing

/// How records become RRsets: one TTL, no record twice, and what a name may not hold together.
@Suite struct GroupingTests {
  private static func differ(_ line: Int, _ rrset: String, _ ttl: Int) -> String {
    "\(line):1: warning: the TTLs of \(rrset) differ: the lowest, \(ttl), is taken; "
      + "give all records of an RRset one TTL (RFC 2181 §5.2)"
  }

  private static func duplicate(_ line: Int, _ record: String) -> String {
    "\(line):1: warning: duplicate \(record): dropped; delete this line"
  }

  static let cases: [ZoneCase] = [
    ZoneCase(
      "TTLs differ", "www 60 A 192.0.2.2\nwww 30 A 192.0.2.3\nwww 90 A 192.0.2.4\n",
      [differ(5, "www.example.com. A", 30)]),
    ZoneCase(
      "TTLs differ, the lowest first", "www 30 A 192.0.2.2\nwww 60 A 192.0.2.3\n",
      [differ(6, "www.example.com. A", 30)]),
    ZoneCase("TTLs differ between RRsets", "www 30 A 192.0.2.2\nwww 60 AAAA 2001:db8::1\n"),
    ZoneCase(
      "TTLs of signatures follow what they cover",
      "www 30 RRSIG A 8 3 30 20300101000000 20200101000000 1 @ AAAA\n"
        + "www 60 RRSIG TXT 8 3 60 20300101000000 20200101000000 1 @ AAAA\n"),
    ZoneCase(
      "duplicate", "www A 192.0.2.2\nwww A 192.0.2.3\nwww A 192.0.2.2\n",
      [duplicate(7, "A record of www.example.com.")]),
    ZoneCase(
      "duplicates far apart and in other forms",
      "www AAAA 2001:db8::1\nmail A 192.0.2.3\nWWW.example.COM. AAAA 2001:DB8:0::0:1\n",
      [duplicate(7, "AAAA record of www.example.com.")]),
    ZoneCase(
      "duplicate with another TTL: the first counts", "www 60 A 192.0.2.2\nwww 30 A 192.0.2.2\n",
      [duplicate(6, "A record of www.example.com.")]),
    ZoneCase("duplicate NS by letter case", "@ NS NS1\n", [duplicate(5, "NS record of example.com.")]),
    ZoneCase(
      "duplicate MX by letter case", "@ MX 10 ns1\n@ MX 10 Ns1.Example.Com.\n@ MX 20 ns1\n",
      [duplicate(6, "MX record of example.com.")]),
    ZoneCase(
      "duplicate SRV by letter case", "_a._tcp SRV 65 65 65 ns1\n_a._tcp SRV 65 65 65 NS1\n",
      [duplicate(6, "SRV record of _a._tcp.example.com.")]),
    ZoneCase("numbers are not letters", "_a._tcp SRV 65 65 65 ns1\n_a._tcp SRV 97 65 65 ns1\n"),
    ZoneCase(
      "duplicate PTR by letter case", "x PTR ns1\nx PTR nS1\n", [duplicate(6, "PTR record of x.example.com.")]
    ),
    ZoneCase("strings keep their letter case", "x TXT \"a\"\nx TXT \"A\"\n"),
    ZoneCase(
      "the same CNAME twice", "www CNAME ns1\nwww CNAME NS1\n",
      [duplicate(6, "CNAME record of www.example.com.")]),
    ZoneCase(
      "the same DNAME twice", "d DNAME example.net.\nd DNAME EXAMPLE.net.\n",
      [duplicate(6, "DNAME record of d.example.com.")]),
    ZoneCase(
      "no TTL anywhere",
      whole: """
        @ SOA ns1 hostmaster 1 7200 900 1209600 300
        @ NS ns1
        ns1 A 192.0.2.1
        www A 192.0.2.2
        """,
      [
        "2:1: warning: no TTL here and no $TTL above: the SOA's MINIMUM, 300, is taken; write $TTL 300"
      ]),
    ZoneCase(
      "only the SOA has no TTL",
      whole: "@ SOA ns1 hostmaster 1 7200 900 1209600 300\n@ 60 NS ns1\nns1 60 A 192.0.2.1\n"),
    ZoneCase(
      "the SOA's TTL goes on",
      whole: "@ 60 SOA ns1 hostmaster 1 7200 900 1209600 300\n@ NS ns1\nns1 A 192.0.2.1\n"),
    ZoneCase(
      "CNAME beside an address", "www CNAME ns1\nwww A 192.0.2.2\n",
      [
        "5:1: error: CNAME beside other data at www.example.com.: a name with a CNAME has nothing else "
          + "(RFC 2181 §10.1)"
      ]),
    ZoneCase(
      "CNAME after other data", "www A 192.0.2.2\nwww TXT \"x\"\nwww CNAME ns1\n",
      [
        "7:1: error: CNAME beside other data at www.example.com.: a name with a CNAME has nothing else "
          + "(RFC 2181 §10.1)"
      ]),
    ZoneCase(
      "CNAME at the apex", "@ CNAME www.example.net.\n",
      [
        "5:1: error: CNAME beside other data at example.com.: a name with a CNAME has nothing else "
          + "(RFC 2181 §10.1)"
      ]),
    ZoneCase(
      "CNAME with its signature",
      "www CNAME ns1\n"
        + "www RRSIG CNAME 8 3 30 20300101000000 20200101000000 1 @ AAAA\n"
        + "www NSEC @ CNAME RRSIG NSEC\n"),
    ZoneCase(
      "two CNAMEs", "www CNAME ns1\nwww CNAME www.example.net.\n",
      ["6:1: error: a second CNAME at www.example.com.: a name has one at most (RFC 2181 §10.1)"]),
    ZoneCase(
      "two DNAMEs", "d DNAME example.net.\nd DNAME example.org.\n",
      ["6:1: error: a second DNAME at d.example.com.: a name has one at most (RFC 6672 §2.4)"]),
    ZoneCase(
      "CNAME beside DNAME", "d DNAME example.net.\nd CNAME www.example.net.\n",
      [
        "6:1: error: CNAME beside other data at d.example.com.: a name with a CNAME has nothing else "
          + "(RFC 2181 §10.1)"
      ]),
    ZoneCase(
      "DNAME at the apex", "@ DNAME example.net.\n",
      [
        "3:1: warning: NS names ns1.example.com., which the DNAME at example.com. makes a CNAME "
          + "(RFC 2181 §10.3); name its target instead",
        "4:1: warning: ns1.example.com. is hidden by the DNAME at example.com.; drop one of them",
      ]),
    ZoneCase("DNAME beside an address", "d DNAME example.net.\nd A 192.0.2.2\n"),
    ZoneCase(
      "CNAME beside NS", "sub CNAME www.example.net.\nsub NS ns1\n",
      [
        "5:1: error: CNAME beside other data at sub.example.com.: a name with a CNAME has nothing else "
          + "(RFC 2181 §10.1)",
        "5:1: warning: CNAME at sub.example.com. is hidden by the delegation there; "
          + "move it to the delegated zone, or drop the NS records",
      ]),
  ]

  @Test(arguments: cases)
  func grouping(_ zone: ZoneCase) throws { try zone.check() }

  /// What is said is what is served.
  @Test func lowestTTL() throws {
    let text = ZoneCase.sound + "www 60 A 192.0.2.2\nwww 30 A 192.0.2.3\nwww 90 A 192.0.2.3\n"
    let zone = try #require(try compile(text).zone)
    let rrset = try #require(try zone.node("www.example.com")?.rrset(of: .a))
    #expect(rrset.ttl == 30)
    #expect(rrset.recordCount == 2)
    #expect(zone.recordCount == 5)
  }

  @Test func minimumIsTTL() throws {
    let text = "@ SOA ns1 hostmaster 1 7200 900 1209600 77\n@ NS ns1\nns1 A 192.0.2.1\n"
    let zone = try #require(try compile(text).zone)
    #expect(try zone.node("ns1.example.com")?.rrset(of: .a)?.ttl == 77)
    #expect(zone.view.apex.rrset(of: .soa)?.ttl == 77)
    #expect(zone.view.negativeSOA.ttl == 77)
  }

  static let negativeTTLs: [(ttl: Int, minimum: Int, negative: UInt32)] = [
    (3600, 300, 300), (60, 300, 60), (0, 300, 0), (300, 0, 0),
  ]

  @Test(arguments: negativeTTLs)
  func negativeTTL(_ ttl: Int, _ minimum: Int, _ negative: UInt32) throws {
    let text =
      "@ \(ttl) SOA ns1 hostmaster 4294967295 7200 900 1209600 \(minimum)\n@ NS ns1\nns1 A 192.0.2.1\n"
    let zone = try #require(try compile(text).zone)
    #expect(zone.view.negativeSOA.ttl == negative)
    #expect(zone.serial == .max)
  }
}
