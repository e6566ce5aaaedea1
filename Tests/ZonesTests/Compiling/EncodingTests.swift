import Answering
import DNSWire
import TestSupport
import Testing

@testable import Zones

/// RRsets as they are sent: all names right once pointers are followed, and as short as they may be.
@Suite struct EncodingTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let name: String
    let type: RRType
    /// Octets of the whole response, which tell what was compressed.
    let length: Int
    var answer: [String] = []
    var authority: [String] = []
    var additional: [String] = []
  }

  // Header and question of a name in this zone: its text, one octet more for its length, the zone's 13, four.
  private static func question(_ label: String) -> Int { 12 + label.utf8.count + 1 + 13 + 4 }

  static let zone = """
    $TTL 60
    @ SOA ns1 hostmaster.example.net. 1 2 3 4 5
    @ NS ns1
    @ NS @
    @ MX 10 @
    @ MX 20 mail
    @ MX 30 a.mail
    @ MX 40 mail.example.net.
    @ A 192.0.2.9
    ns1 A 192.0.2.1
    mail A 192.0.2.2
    mail AAAA 2001:db8::2
    a.mail A 192.0.2.3
    mx MX 10 mx
    mx MX 20 in.mx
    mx MX 30 MX
    mx A 192.0.2.4
    ptr PTR x.ptr
    ptr PTR y.x.ptr
    srv SRV 1 2 3 mail
    srv SRV 1 2 4 srv
    srv SRV 1 2 5 .
    svc HTTPS 1 . alpn=h2
    svc A 192.0.2.5
    svc AAAA 2001:db8::5
    alias HTTPS 0 mail
    none HTTPS 0 .
    other SVCB 1 mail port=53
    kx KX 10 mail
    rp RP mail mail
    naptr NAPTR 1 2 "u" "x" "" mail
    dn DNAME mail
    up CNAME @
    Far CNAME x.Far
    * MX 10 *
    *.w MX 10 mail
    *.w SVCB 1 .
    *.w A 192.0.2.6
    *.c CNAME x.x
    *.x CNAME mail
    """

  private static let mail = ["mail.example.com. 60 A 192.0.2.2", "mail.example.com. 60 AAAA \(v6(2))"]

  private static func v6(_ last: Int) -> String { "20010db800000000000000000000000\(last)" }

  private static func hex(_ name: String) -> String {
    name.split(separator: ".").map { "0\($0.utf8.count)" + hexadecimal($0.utf8) }.joined() + "00"
  }

  static let cases: [Case] = [
    // A name in the zone: its first label and a pointer. Each owner is a pointer.
    Case(
      testDescription: "SOA", name: "", type: .soa, length: 29 + 12 + (4 + 2) + 24 + 20,
      answer: ["example.com. 60 SOA ns1.example.com. hostmaster.example.net. 1 2 3 4 5"]),
    Case(
      testDescription: "NS, and the apex as a name", name: "", type: .ns,
      length: 29 + (12 + 6) + (12 + 2) + 16 + 16,
      answer: ["example.com. 60 NS ns1.example.com.", "example.com. 60 NS example.com."],
      additional: ["ns1.example.com. 60 A 192.0.2.1", "example.com. 60 A 192.0.2.9"]),
    Case(
      testDescription: "MX: names that end in one another", name: "", type: .mx,
      length: 29 + (14 + 2) + (14 + 7) + (14 + 4) + (14 + 18) + 16 + 16 + 28 + 16,
      answer: ["10 example.com.", "20 mail.example.com.", "30 a.mail.example.com.", "40 mail.example.net."]
        .map { "example.com. 60 MX \($0)" },
      additional: ["example.com. 60 A 192.0.2.9"] + mail + ["a.mail.example.com. 60 A 192.0.2.3"]),
    Case(
      testDescription: "MX: the owner as a name", name: "mx", type: .mx,
      length: question("mx") + (14 + 2) + (14 + 5) + (14 + 2) + 16,
      answer: ["mx.example.com. 60 MX 10 mx.example.com.", "mx.example.com. 60 MX 20 in.mx.example.com."]
        + ["mx.example.com. 60 MX 30 mx.example.com."],
      additional: ["mx.example.com. 60 A 192.0.2.4"]),
    Case(
      testDescription: "PTR", name: "ptr", type: .ptr, length: question("ptr") + (12 + 4) + (12 + 4),
      answer: ["ptr.example.com. 60 PTR x.ptr.example.com.", "ptr.example.com. 60 PTR y.x.ptr.example.com."]),
    Case(
      testDescription: "SRV is not compressed", name: "srv", type: .srv,
      length: question("srv") + (18 + 18) + (18 + 17) + (18 + 1) + 21 + 28,
      answer: [
        "srv.example.com. 60 SRV 000100020003\(hex("mail.example.com"))",
        "srv.example.com. 60 SRV 000100020004\(hex("srv.example.com"))",
        "srv.example.com. 60 SRV 00010002000500",
      ], additional: mail),
    Case(
      testDescription: "HTTPS with the owner as its target", name: "svc", type: .https,
      length: question("svc") + (12 + 10) + 16 + 28,
      answer: ["svc.example.com. 60 HTTPS 00010000010003026832"],
      additional: ["svc.example.com. 60 A 192.0.2.5", "svc.example.com. 60 AAAA \(v6(5))"]),
    Case(
      testDescription: "HTTPS alias", name: "alias", type: .https,
      length: question("alias") + (12 + 20) + 21 + 28,
      answer: ["alias.example.com. 60 HTTPS 0000\(hex("mail.example.com"))"], additional: mail),
    Case(
      testDescription: "HTTPS alias of nothing", name: "none", type: .https,
      length: question("none") + 12 + 3,
      answer: ["none.example.com. 60 HTTPS 000000"]),
    Case(
      testDescription: "SVCB", name: "other", type: .svcb,
      length: question("other") + (12 + 26) + 21 + 28,
      answer: ["other.example.com. 60 SVCB 0001\(hex("mail.example.com"))000300020035"], additional: mail),
    Case(
      testDescription: "KX is not compressed", name: "kx", type: RRType(rawValue: 36),
      length: question("kx") + 12 + 20,
      answer: ["kx.example.com. 60 TYPE36 000a\(hex("mail.example.com"))"]),
    Case(
      testDescription: "RP is not compressed", name: "rp", type: RRType(rawValue: 17),
      length: question("rp") + 12 + 36,
      answer: ["rp.example.com. 60 TYPE17 \(hex("mail.example.com"))\(hex("mail.example.com"))"]),
    Case(
      testDescription: "NAPTR is not compressed", name: "naptr", type: RRType(rawValue: 35),
      length: question("naptr") + 12 + 9 + 18,
      answer: ["naptr.example.com. 60 TYPE35 000100020175017800\(hex("mail.example.com"))"]),
    Case(
      testDescription: "DNAME is not compressed", name: "dn", type: .dname, length: question("dn") + 12 + 18,
      answer: ["dn.example.com. 60 DNAME mail.example.com."]),
    Case(
      testDescription: "CNAME to the apex, and on", name: "up", type: .a,
      length: question("up") + (12 + 13) + 16,
      answer: ["up.example.com. 60 CNAME example.com.", "example.com. 60 A 192.0.2.9"]),
    Case(
      testDescription: "CNAME to below itself, which does not exist", name: "far", type: .mx,
      length: question("far") + (12 + 19) + 12 + (4 + 2) + 24 + 20,
      answer: ["far.example.com. 60 CNAME x.Far.example.com."],
      authority: ["example.com. 5 SOA ns1.example.com. hostmaster.example.net. 1 2 3 4 5"]),
    Case(
      testDescription: "wildcard with itself as its target", name: "any", type: .mx,
      length: question("any") + (14 + 4),
      answer: ["any.example.com. 60 MX 10 *.example.com."]),
    Case(
      testDescription: "the wildcard itself", name: "*", type: .mx, length: question("*") + (14 + 4),
      answer: ["*.example.com. 60 MX 10 *.example.com."]),
    Case(
      testDescription: "wildcard with a target elsewhere", name: "a.b.w", type: .mx,
      length: question("a.b.w") + (14 + 7) + 16 + 28,
      answer: ["a.b.w.example.com. 60 MX 10 mail.example.com."], additional: mail),
    Case(
      testDescription: "SVCB under a wildcard: whose addresses go along depends on the name", name: "a.w",
      type: .svcb,
      length: question("a.w") + 12 + 3,
      answer: ["a.w.example.com. 60 SVCB 000100"]),
    Case(
      testDescription: "address under a wildcard", name: "a.w", type: .a, length: question("a.w") + 16,
      answer: ["a.w.example.com. 60 A 192.0.2.6"]),
    Case(
      testDescription: "a chain of wildcards' CNAMEs", name: "a.c", type: .aaaa,
      length: question("a.c") + (12 + 17) + (12 + 18) + 28,
      answer: [
        "a.c.example.com. 60 CNAME x.x.example.com.", "x.x.example.com. 60 CNAME mail.example.com.",
        "mail.example.com. 60 AAAA \(v6(2))",
      ]),
  ]

  @Test(arguments: cases)
  func encoding(_ expected: Case) throws {
    var served = try Served(Self.zone)
    let name = expected.name.isEmpty ? "example.com" : "\(expected.name).example.com"
    let octets = served.octets(try DomainName(name), expected.type)
    let message = try Message(octets)
    #expect(message.answer == expected.answer)
    #expect(message.authority == expected.authority)
    #expect(message.additional == expected.additional)
    #expect(octets.count == expected.length)
  }
}
