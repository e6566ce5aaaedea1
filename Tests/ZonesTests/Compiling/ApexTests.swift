import Testing

/// What every zone must have at its apex: one SOA, and NS.
@Suite struct ApexTests {
  static let noSOA =
    "1:1: error: no SOA record at the apex example.com.: begin the zone with one, like "
    + "\"@ 3600 IN SOA ns1 hostmaster 1 7200 900 1209600 300\""
  static let noNS = "1:1: error: no NS record at the apex example.com.: name the servers of the zone there"
  static let secondSOA = "a second SOA: a zone has exactly one (RFC 1035 §5.2); delete one of them"

  static let cases: [ZoneCase] = [
    ZoneCase("nothing to say", "www A 192.0.2.2\n"),
    ZoneCase("empty", whole: "", [noSOA]),
    ZoneCase("only comments", whole: "; nothing\n\n", [noSOA]),
    ZoneCase("SOA missing", whole: "$TTL 60\n@ NS ns.example.net.\n", [noSOA]),
    ZoneCase(
      "SOA of another zone only",
      whole: "$TTL 60\nexample.net. SOA ns host 1 1 1 1 1\n@ NS ns.example.net.\n",
      [
        noSOA,
        "2:1: warning: example.net. is not in the zone example.com.: ignored; move it to the file of its own zone",
      ]),
    ZoneCase("NS missing", whole: "@ 60 SOA ns.example.net. host 1 7200 900 1209600 300\n", [noNS]),
    ZoneCase(
      "NS below the apex only",
      whole: "$TTL 60\n@ SOA ns.example.net. host 1 7200 900 1209600 300\nsub NS ns.example.net.\n", [noNS]),
    ZoneCase(
      "two SOAs", "@ SOA ns1 hostmaster 2 7200 900 1209600 300\n", ["5:1: error: \(secondSOA)"]),
    ZoneCase(
      "three SOAs",
      "@ SOA ns1 hostmaster 2 7200 900 1209600 300\n@ SOA ns1 hostmaster 3 7200 900 1209600 300\n",
      ["5:1: error: \(secondSOA)", "6:1: error: \(secondSOA)"]),
    ZoneCase(
      "the SOA twice", "@ SOA ns1 hostmaster 1 7200 900 1209600 300\n",
      ["5:1: warning: duplicate SOA record of example.com.: dropped; delete this line"]),
    ZoneCase(
      "the SOA twice, in other letter case", "@ SOA NS1 HostMaster 1 7200 900 1209600 300\n",
      ["5:1: warning: duplicate SOA record of example.com.: dropped; delete this line"]),
    ZoneCase(
      "SOA below the apex", "sub SOA ns1 hostmaster 1 7200 900 1209600 300\n",
      [
        "5:1: error: SOA at sub.example.com., below the apex example.com.: a zone has one SOA, at its apex "
          + "(RFC 1035 §5.2); move this zone to a file of its own"
      ]),
    ZoneCase(
      "a child zone in the same file",
      "sub NS ns1\nsub SOA ns1 hostmaster 1 7200 900 1209600 300\nwww.sub A 192.0.2.2\n",
      [
        "6:1: error: SOA at sub.example.com., below the apex example.com.: a zone has one SOA, at its apex "
          + "(RFC 1035 §5.2); move this zone to a file of its own",
        "6:1: warning: SOA at sub.example.com. is hidden by the delegation there; "
          + "move it to the delegated zone, or drop the NS records",
      ]),
    ZoneCase(
      "SOA in the middle",
      whole: """
        $TTL 3600
        www A 192.0.2.2
        @ NS ns1
        ns1 A 192.0.2.1
        @ SOA ns1 hostmaster 1 7200 900 1209600 300
        """),
    ZoneCase(
      "NS without an address", "@ NS ns2\nns2 TXT \"later\"\n",
      ["5:1: warning: NS names ns2.example.com., which has no A or AAAA record; add one"]),
    ZoneCase(
      "NS that does not exist", "@ NS ns2\n",
      ["5:1: warning: NS names ns2.example.com., which does not exist; add its A or AAAA record"]),
    ZoneCase("NS with IPv6 only", "@ NS ns2\nns2 AAAA 2001:db8::1\n"),
    ZoneCase("NS outside", "@ NS ns.example.net.\n"),
    ZoneCase("NS is the apex itself", "@ NS @\n@ A 192.0.2.2\n"),
    ZoneCase(
      "NS is the apex itself, without an address", "@ NS @\n",
      ["5:1: warning: NS names example.com., which has no A or AAAA record; add one"]),
    ZoneCase("the apex in capitals", apex: "EXAMPLE.com", whole: ZoneCase.sound),
    ZoneCase(
      "root", apex: ".",
      whole: """
        $TTL 86400
        . SOA a.root-servers.net. nstld.verisign-grs.com. 1 1800 900 604800 86400
        . NS a.root-servers.net.
        a.root-servers.net. A 192.0.2.1
        com. NS a.gtld-servers.net.
        a.gtld-servers.net. AAAA 2001:db8::1
        org. NS a0.org.
        """,
      [
        "7:1: warning: missing glue: a0.org. lies in the delegated zone, so its A or AAAA record is needed here"
      ]),
    ZoneCase(
      "root without NS", apex: ".",
      whole: ". 60 SOA a.invalid. host.invalid. 1 1800 900 604800 86400\n",
      ["1:1: error: no NS record at the apex .: name the servers of the zone there"]),
    ZoneCase(
      "reverse", apex: "2.0.192.in-addr.arpa",
      whole: """
        $TTL 3600
        @ SOA ns1.example.com. hostmaster.example.com. 1 7200 900 1209600 300
        @ NS ns1.example.com.
        $GENERATE 1-3 $ PTR host-$.example.com.
        4 CNAME 4.0-7
        0-7 NS ns1.example.net.
        5.2.0.192.in-addr.arpa. PTR www.example.com.
        6 PTR www.example.com.
        6.3.0.192.in-addr.arpa. PTR www.example.com.
        """,
      [
        "9:1: warning: 6.3.0.192.in-addr.arpa. is not in the zone 2.0.192.in-addr.arpa.: ignored; "
          + "move it to the file of its own zone"
      ]),
    ZoneCase(
      "outside the zone",
      "www.example.net. A 192.0.2.1\ncom. TXT \"above\"\nnotexample.com. A 192.0.2.1\nwww.EXAMPLE.COM. A 192.0.2.1\n",
      [
        "5:1: warning: www.example.net. is not in the zone example.com.: ignored; "
          + "move it to the file of its own zone",
        "6:1: warning: com. is not in the zone example.com.: ignored; move it to the file of its own zone",
        "7:1: warning: notexample.com. is not in the zone example.com.: ignored; "
          + "move it to the file of its own zone",
      ]),
    ZoneCase(
      "OPT", "@ OPT \\# 0\n",
      ["5:3: error: OPT is for messages; a zone cannot hold records of it"]),
    ZoneCase(
      "a query type", "@ TYPE255 \\# 0\n",
      ["5:3: error: TYPE255 is for messages; a zone cannot hold records of it"]),
  ]

  @Test(arguments: cases)
  func apex(_ zone: ZoneCase) throws { try zone.check() }
}
