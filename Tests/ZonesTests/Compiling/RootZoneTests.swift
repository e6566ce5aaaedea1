import DNSWire
import TestSupport
import Testing

@testable import Zones

/// The root zone: an apex without labels, to which no pointer can lead.
@Suite struct RootZoneTests {
  static let zone = """
    $TTL 86400
    . SOA a.root. host.root. 1 1800 900 604800 300
    . NS a.root.
    a.root. A 192.0.2.1
    a.root. TXT "a"
    com. NS ns.com.
    com. NS a.root.
    ns.com. A 192.0.2.2
    . MX 10 .
    up. CNAME .
    mail. MX 10 a.root.
    *.wild. MX 10 x.wild.
    d. DNAME .
    . HTTPS 1 . port=443
    . A 192.0.2.3
    """

  @Test func answers() throws {
    var served = try Served(Self.zone, apex: ".")
    let soa = ". 300 SOA a.root. host.root. 1 1800 900 604800 300"

    let servers = try served.ask(".", .ns)
    #expect(servers.header == "NOERROR aa")
    #expect(servers.answer == [". 86400 NS a.root."])
    #expect(servers.additional == ["a.root. 86400 A 192.0.2.1"])
    // Header, question; the root's one octet; a name of 8 octets, and a pointer to it.
    #expect(served.octets(.root, .ns).count == 12 + 5 + (12 + 8) + 16)

    #expect(try served.ask(".", .soa).answer == [". 86400 SOA a.root. host.root. 1 1800 900 604800 300"])
    #expect(try served.ask(".", .mx).answer == [". 86400 MX 10 ."])
    let service = try served.ask(".", .https)
    #expect(service.answer == [". 86400 HTTPS 0001000003000201bb"])
    #expect(service.additional == [". 86400 A 192.0.2.3"])
    #expect(try served.ask("mail", .mx).additional == ["a.root. 86400 A 192.0.2.1"])
    #expect(try served.ask("y.z.wild", .mx).answer == ["y.z.wild. 86400 MX 10 x.wild."])
    #expect(try served.ask("up", .a).answer == ["up. 86400 CNAME .", ". 86400 A 192.0.2.3"])
    #expect(
      try served.ask("mail.d", .mx).answer
        == ["d. 86400 DNAME .", "mail.d. 86400 CNAME mail.", "mail. 86400 MX 10 a.root."])

    let referral = try served.ask("www.example.com", .a)
    #expect(referral.header == "NOERROR")
    #expect(referral.authority == ["com. 86400 NS ns.com.", "com. 86400 NS a.root."])
    #expect(referral.additional == ["ns.com. 86400 A 192.0.2.2", "a.root. 86400 A 192.0.2.1"])

    let missing = try served.ask("www.missing", .a)
    #expect(missing.header == "NXDOMAIN aa")
    #expect(missing.authority == [soa])
    let none = try served.ask("root", .a)
    #expect(none.header == "NOERROR aa")
    #expect(none.authority == [soa])
  }
}
