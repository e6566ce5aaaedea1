import DNSWire
import TestSupport
import Testing

@testable import Answering

/// What each kind of name is answered with: the table is the specification.
@Suite struct ResolvingTests {
  static let zone = """
    $TTL 3600
    @        SOA ns1 hostmaster 7 7200 900 1209600 300
    @        NS  ns1
    @        NS  ns.example.net.
    @        MX  10 mail
    ns1      A   192.0.2.1
    ns1      AAAA 2001:db8::1
    mail     A   192.0.2.25
    www 60   A   192.0.2.10
    alias    CNAME www
    Mixed    CNAME WWW.Example.COM.
    far      CNAME www.example.net.
    lost     CNAME nothing.invalid.
    gone     CNAME missing
    chain1   CNAME chain2
    chain2   CNAME chain3
    chain3   CNAME www
    loop1    CNAME loop2
    loop2    CNAME loop1
    self     CNAME self
    a.b.ent  TXT "deep"
    *.wild   A   192.0.2.40
    *.wild   TXT "wild"
    host.wild A  192.0.2.41
    below.host.wild A 192.0.2.42
    *.wildcname CNAME www
    *.a.b.entwild TXT "x"
    sub      NS  ns.sub
    sub      NS  ns.other
    sub      DS  1 8 2 0000000000000000000000000000000000000000000000000000000000000000
    ns.sub   A   192.0.2.53
    other    NS  ns.other
    ns.other A   192.0.2.54
    intosub  CNAME x.sub
    dn       DNAME target
    dn       TXT "at the dname"
    x.target A   192.0.2.60
    indn     CNAME x.dn
    out      DNAME example.net.
    grow     DNAME more.grow
    twice    DNAME mid
    back     DNAME turn
    end.turn CNAME back
    *.mid    CNAME y.twice
    _sip._udp SRV 1 2 5060 mail
    svc      HTTPS 1 . alpn=h2
    svc      A   192.0.2.80
    unknown  TYPE65280 \\# 4 0a000001
    """
  static let other = """
    $TTL 60
    @   SOA ns hostmaster 1 7200 900 1209600 30
    @   NS  ns
    ns  A   198.51.100.1
    www A   198.51.100.10
    back CNAME www.example.com.
    """
  static let child = """
    $TTL 60
    @   SOA ns hostmaster 1 7200 900 1209600 30
    @   NS  ns
    ns  A   198.51.100.2
    """

  struct Case: CustomTestStringConvertible {
    let name: String
    let type: RRType
    let header: String
    let answer: [String]
    let authority: [String]
    let additional: [String]

    init(
      _ name: String, _ type: RRType, _ header: String, _ answer: [String] = [], authority: [String] = [],
      additional: [String] = []
    ) {
      self.name = name
      self.type = type
      self.header = header
      self.answer = answer
      self.authority = authority
      self.additional = additional
    }

    var testDescription: String { "\(name) \(type)" }
  }

  static let soa =
    "example.com. 300 SOA ns1.example.com. hostmaster.example.com. 7 7200 900 1209600 300"
  static let soaOther =
    "example.net. 30 SOA ns.example.net. hostmaster.example.net. 1 7200 900 1209600 30"

  static let cases: [Case] = [
    Case("www.example.com.", .a, "NOERROR aa", ["www.example.com. 60 A 192.0.2.10"]),
    Case("WWW.eXample.com.", .a, "NOERROR aa", ["WWW.eXample.com. 60 A 192.0.2.10"]),
    Case("www.example.com.", .aaaa, "NOERROR aa", authority: [soa]),
    Case("missing.example.com.", .a, "NXDOMAIN aa", authority: [soa]),
    Case("x.www.example.com.", .a, "NXDOMAIN aa", authority: [soa]),
    Case("example.com.", .a, "NOERROR aa", authority: [soa]),
    Case(
      "example.com.", .soa, "NOERROR aa",
      ["example.com. 3600 SOA ns1.example.com. hostmaster.example.com. 7 7200 900 1209600 300"]),
    Case(
      "example.com.", .ns, "NOERROR aa",
      ["example.com. 3600 NS ns1.example.com.", "example.com. 3600 NS ns.example.net."],
      additional: [
        "ns1.example.com. 3600 A 192.0.2.1", "ns1.example.com. 3600 AAAA 20010db8000000000000000000000001",
      ]),
    Case(
      "example.com.", .mx, "NOERROR aa", ["example.com. 3600 MX 10 mail.example.com."],
      additional: ["mail.example.com. 3600 A 192.0.2.25"]),
    Case(
      "_sip._udp.example.com.", .srv, "NOERROR aa",
      ["_sip._udp.example.com. 3600 SRV 0001000213c4046d61696c076578616d706c6503636f6d00"],
      additional: ["mail.example.com. 3600 A 192.0.2.25"]),
    Case(
      "svc.example.com.", .https, "NOERROR aa", ["svc.example.com. 3600 HTTPS 0001000001000302" + "6832"],
      additional: ["svc.example.com. 3600 A 192.0.2.80"]),
    Case(
      "unknown.example.com.", RRType(rawValue: 65280), "NOERROR aa",
      ["unknown.example.com. 3600 TYPE65280 0a000001"]),

    // Empty non-terminals exist (RFC 4592 §2.2.2).
    Case("ent.example.com.", .a, "NOERROR aa", authority: [soa]),
    Case("b.ent.example.com.", .txt, "NOERROR aa", authority: [soa]),
    Case("a.b.ent.example.com.", .txt, "NOERROR aa", ["a.b.ent.example.com. 3600 TXT \"deep\""]),
    Case("c.ent.example.com.", .txt, "NXDOMAIN aa", authority: [soa]),
    Case("x.b.entwild.example.com.", .txt, "NXDOMAIN aa", authority: [soa]),

    // CNAME chains (RFC 1034 §4.3.2), into another zone served too.
    Case(
      "alias.example.com.", .a, "NOERROR aa",
      ["alias.example.com. 3600 CNAME www.example.com.", "www.example.com. 60 A 192.0.2.10"]),
    Case("alias.example.com.", .cname, "NOERROR aa", ["alias.example.com. 3600 CNAME www.example.com."]),
    Case("alias.example.com.", .any, "NOERROR aa", ["alias.example.com. 3600 CNAME www.example.com."]),
    Case(
      "alias.example.com.", .txt, "NOERROR aa", ["alias.example.com. 3600 CNAME www.example.com."],
      authority: [soa]),
    Case(
      "mixed.example.com.", .a, "NOERROR aa",
      ["mixed.example.com. 3600 CNAME WWW.Example.COM.", "WWW.Example.COM. 60 A 192.0.2.10"]),
    Case(
      "far.example.com.", .a, "NOERROR aa",
      ["far.example.com. 3600 CNAME www.example.net.", "www.example.net. 60 A 198.51.100.10"]),
    Case(
      "far.example.com.", .aaaa, "NOERROR aa", ["far.example.com. 3600 CNAME www.example.net."],
      authority: [soaOther]),
    Case("lost.example.com.", .a, "NOERROR aa", ["lost.example.com. 3600 CNAME nothing.invalid."]),
    Case(
      "gone.example.com.", .a, "NXDOMAIN aa", ["gone.example.com. 3600 CNAME missing.example.com."],
      authority: [soa]),
    Case(
      "chain1.example.com.", .a, "NOERROR aa",
      [
        "chain1.example.com. 3600 CNAME chain2.example.com.",
        "chain2.example.com. 3600 CNAME chain3.example.com.",
        "chain3.example.com. 3600 CNAME www.example.com.", "www.example.com. 60 A 192.0.2.10",
      ]),
    Case(
      "loop1.example.com.", .a, "NOERROR aa",
      [
        "loop1.example.com. 3600 CNAME loop2.example.com.",
        "loop2.example.com. 3600 CNAME loop1.example.com.",
      ]),
    Case("self.example.com.", .a, "NOERROR aa", ["self.example.com. 3600 CNAME self.example.com."]),

    // Wildcards (RFC 4592 §2.2, §3.3).
    Case("x.wild.example.com.", .a, "NOERROR aa", ["x.wild.example.com. 3600 A 192.0.2.40"]),
    Case("x.y.wild.example.com.", .a, "NOERROR aa", ["x.y.wild.example.com. 3600 A 192.0.2.40"]),
    Case("*.wild.example.com.", .a, "NOERROR aa", ["*.wild.example.com. 3600 A 192.0.2.40"]),
    Case("x.wild.example.com.", .mx, "NOERROR aa", authority: [soa]),
    Case("wild.example.com.", .a, "NOERROR aa", authority: [soa]),
    Case("host.wild.example.com.", .txt, "NOERROR aa", authority: [soa]),
    Case("x.host.wild.example.com.", .a, "NXDOMAIN aa", authority: [soa]),
    Case("x.*.wild.example.com.", .a, "NXDOMAIN aa", authority: [soa]),
    Case(
      "x.wildcname.example.com.", .a, "NOERROR aa",
      ["x.wildcname.example.com. 3600 CNAME www.example.com.", "www.example.com. 60 A 192.0.2.10"]),

    // Delegations (RFC 1034 §4.2.1, RFC 9471).
    Case(
      "sub.example.com.", .a, "NOERROR",
      authority: [
        "sub.example.com. 3600 NS ns.sub.example.com.", "sub.example.com. 3600 NS ns.other.example.com.",
      ],
      additional: ["ns.sub.example.com. 3600 A 192.0.2.53", "ns.other.example.com. 3600 A 192.0.2.54"]),
    Case(
      "X.y.Sub.example.com.", .mx, "NOERROR",
      authority: [
        "Sub.example.com. 3600 NS ns.Sub.example.com.", "Sub.example.com. 3600 NS ns.other.example.com.",
      ],
      additional: ["ns.Sub.example.com. 3600 A 192.0.2.53", "ns.other.example.com. 3600 A 192.0.2.54"]),
    Case(
      "ns.sub.example.com.", .a, "NOERROR",
      authority: [
        "sub.example.com. 3600 NS ns.sub.example.com.", "sub.example.com. 3600 NS ns.other.example.com.",
      ],
      additional: ["ns.sub.example.com. 3600 A 192.0.2.53", "ns.other.example.com. 3600 A 192.0.2.54"]),
    Case(
      "sub.example.com.", .ds, "NOERROR aa",
      ["sub.example.com. 3600 DS 00010802" + String(repeating: "0", count: 64)]),
    Case("www.example.com.", .ds, "NOERROR aa", authority: [soa]),
    Case(
      "intosub.example.com.", .a, "NOERROR aa", ["intosub.example.com. 3600 CNAME x.sub.example.com."],
      authority: [
        "sub.example.com. 3600 NS ns.sub.example.com.", "sub.example.com. 3600 NS ns.other.example.com.",
      ],
      additional: ["ns.sub.example.com. 3600 A 192.0.2.53", "ns.other.example.com. 3600 A 192.0.2.54"]),

    // A child zone that is served too answers for itself; DS stays with the parent (RFC 4035 §3.1.4.1).
    Case("ns.other.example.com.", .a, "NOERROR aa", ["ns.other.example.com. 60 A 198.51.100.2"]),
    Case("other.example.com.", .ds, "NOERROR aa", authority: [soa]),
    Case("example.com.", .ds, "NOERROR aa", authority: [soa]),

    // DNAME (RFC 6672 §3).
    Case(
      "x.dn.example.com.", .a, "NOERROR aa",
      [
        "dn.example.com. 3600 DNAME target.example.com.",
        "x.dn.example.com. 3600 CNAME x.target.example.com.",
        "x.target.example.com. 3600 A 192.0.2.60",
      ]),
    Case(
      "x.dn.example.com.", .cname, "NOERROR aa",
      [
        "dn.example.com. 3600 DNAME target.example.com.",
        "x.dn.example.com. 3600 CNAME x.target.example.com.",
      ]),
    Case("dn.example.com.", .txt, "NOERROR aa", ["dn.example.com. 3600 TXT \"at the dname\""]),
    Case("dn.example.com.", .a, "NOERROR aa", authority: [soa]),
    Case("dn.example.com.", .dname, "NOERROR aa", ["dn.example.com. 3600 DNAME target.example.com."]),
    Case(
      "y.dn.example.com.", .a, "NXDOMAIN aa",
      [
        "dn.example.com. 3600 DNAME target.example.com.",
        "y.dn.example.com. 3600 CNAME y.target.example.com.",
      ],
      authority: [soa]),
    Case(
      "indn.example.com.", .a, "NOERROR aa",
      [
        "indn.example.com. 3600 CNAME x.dn.example.com.", "dn.example.com. 3600 DNAME target.example.com.",
        "x.dn.example.com. 3600 CNAME x.target.example.com.", "x.target.example.com. 3600 A 192.0.2.60",
      ]),
    Case(
      "www.out.example.com.", .a, "NOERROR aa",
      [
        "out.example.com. 3600 DNAME example.net.", "www.out.example.com. 3600 CNAME www.example.net.",
        "www.example.net. 60 A 198.51.100.10",
      ]),
    Case(
      "back.out.example.com.", .a, "NOERROR aa",
      [
        "out.example.com. 3600 DNAME example.net.", "back.out.example.com. 3600 CNAME back.example.net.",
        "back.example.net. 60 CNAME www.example.com.", "www.example.com. 60 A 192.0.2.10",
      ]),

    // A DNAME that leads below itself ends there; one that comes twice is sent once.
    Case(
      "x.grow.example.com.", .a, "NOERROR aa",
      [
        "grow.example.com. 3600 DNAME more.grow.example.com.",
        "x.grow.example.com. 3600 CNAME x.more.grow.example.com.",
      ]
    ),
    Case(
      "x.twice.example.com.", .a, "NOERROR aa",
      [
        "twice.example.com. 3600 DNAME mid.example.com.",
        "x.twice.example.com. 3600 CNAME x.mid.example.com.",
        "x.mid.example.com. 3600 CNAME y.twice.example.com.",
        "y.twice.example.com. 3600 CNAME y.mid.example.com.",
        "y.mid.example.com. 3600 CNAME y.twice.example.com.",
      ]),
    Case(
      "y.dn.example.com.", .any, "NXDOMAIN aa",
      [
        "dn.example.com. 3600 DNAME target.example.com.",
        "y.dn.example.com. 3600 CNAME y.target.example.com.",
      ],
      authority: [soa]),

    Case(
      "end.back.example.com.", .dname, "NOERROR aa",
      [
        "back.example.com. 3600 DNAME turn.example.com.",
        "end.back.example.com. 3600 CNAME end.turn.example.com.",
        "end.turn.example.com. 3600 CNAME back.example.com.",
      ]),

    // One RRset answers ANY (RFC 8482 §4.1).
    Case("www.example.com.", .any, "NOERROR aa", ["www.example.com. 60 A 192.0.2.10"]),
    Case("ent.example.com.", .any, "NOERROR aa", authority: [soa]),
    Case("missing.example.com.", .any, "NXDOMAIN aa", authority: [soa]),

    Case("example.org.", .a, "REFUSED"),
    Case(".", .ns, "REFUSED"),
    Case("com.", .soa, "REFUSED"),
    Case("notexample.com.", .a, "REFUSED"),
    Case("broken.test.", .a, "SERVFAIL"),
    Case("www.broken.test.", .a, "SERVFAIL"),
    Case("www.example.com.", .axfr, "REFUSED"),
  ]

  /// A chain through a DNAME and a CNAME to the apex of a zone, whose DS is its parent's.
  @Test func ownerNamesAtTheEndOfAChain() throws {
    let rest = "@ 60 SOA ns1 h 1 2 3 4 5\n@ 60 NS ns1\nns1 60 A 192.0.2.1\n"
    var subject = try Subject([
      ("z1.test.", rest + "d 60 DNAME y.target.example."), ("target.example.", rest),
      ("x.y.target.example.", rest + "www 60 CNAME @"),
    ])
    let message = try subject.ask("www.x.d.z1.test.", .ds)
    #expect(message.authority == ["target.example. 5 SOA ns1.target.example. h.target.example. 1 2 3 4 5"])
  }

  @Test func dnameIsSentOnceForANY() throws {
    let zone = "@ 60 SOA ns1 h 1 2 3 4 5\n@ 60 NS ns1\nns1 60 A 192.0.2.1\nonly 60 DNAME target.example.\n"
    var subject = try Subject([("target.example.", zone)])
    #expect(
      try subject.ask("only.only.target.example.", .any).answer == [
        "only.target.example. 60 DNAME target.example.",
        "only.only.target.example. 60 CNAME only.target.example.",
      ])
  }

  @Test(arguments: cases) func answers(_ expected: Case) throws {
    var subject = try Subject([
      ("example.com.", Self.zone), ("example.net.", Self.other), ("other.example.com.", Self.child),
      ("broken.test.", nil),
    ])
    for transport in [TransportKind.udp, .tcp] {
      let message = try subject.ask(expected.name, expected.type, over: transport)
      #expect(message.header == expected.header)
      #expect(message.questionCount == 1)
      #expect(message.answer == expected.answer)
      #expect(message.authority == expected.authority)
      #expect(message.additional == expected.additional)
      #expect(message.edns == nil)
    }
  }
}
