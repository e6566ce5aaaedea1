import DNSWire
import TestSupport
import Testing

@testable import Zones

/// Which addresses go along with NS records, and which of them a referral cannot do without (RFC 9471 §3).
@Suite struct ReferralTests {
  static let zone =
    ZoneCase.sound + """
      @ NS ns.in
      in NS ns.in
      ns.in A 192.0.2.2
      ns.in AAAA 2001:db8::2
      both NS ns.in
      both NS ns.both
      both NS ns1
      both NS ns.example.net.
      both A 192.0.2.9
      ns.both A 192.0.2.3
      mail MX 10 ns.in
      mail MX 20 both
      mail MX 30 ns1
      cut NS cut
      cut A 192.0.2.4

      """

  static let cases: [(name: String, type: RRType, authority: [String], additional: [String])] = [
    (
      "x.in", .a, ["in.example.com. 3600 NS ns.in.example.com."],
      [
        "ns.in.example.com. 3600 A 192.0.2.2",
        "ns.in.example.com. 3600 AAAA 20010db8000000000000000000000002",
      ]
    ),
    // In-domain glue comes first, then sibling glue and what the zone knows itself.
    (
      "both", .a,
      ["ns.in.example.com.", "ns.both.example.com.", "ns1.example.com.", "ns.example.net."].map {
        "both.example.com. 3600 NS \($0)"
      },
      [
        "ns.both.example.com. 3600 A 192.0.2.3", "ns.in.example.com. 3600 A 192.0.2.2",
        "ns.in.example.com. 3600 AAAA 20010db8000000000000000000000002", "ns1.example.com. 3600 A 192.0.2.1",
      ]
    ),
    (
      "cut", .ns, ["cut.example.com. 3600 NS cut.example.com."], ["cut.example.com. 3600 A 192.0.2.4"]
    ),
  ]

  @Test(arguments: cases)
  func referral(_ name: String, _ type: RRType, _ authority: [String], _ additional: [String]) throws {
    var served = try Served(Self.zone)
    let message = try served.ask("\(name).example.com", type)
    #expect(message.header == "NOERROR")
    #expect(message.answer == [])
    #expect(message.authority == authority)
    #expect(message.additional == additional)
  }

  /// Glue goes along with NS only: to others, what lies in a delegated zone is told by that zone.
  @Test func glueIsForReferrals() throws {
    var served = try Served(Self.zone)
    #expect(try served.ask("mail.example.com", .mx).additional == ["ns1.example.com. 3600 A 192.0.2.1"])
    #expect(
      try served.ask("example.com", .ns).additional == [
        "ns1.example.com. 3600 A 192.0.2.1", "ns.in.example.com. 3600 A 192.0.2.2",
        "ns.in.example.com. 3600 AAAA 20010db8000000000000000000000002",
      ])
  }

  static let required: [(name: String, glue: Int)] = [
    ("in", 16 + 28), ("both", 16), ("cut", 16),
  ]

  /// How much of a referral must be sent: the NS records and in-domain glue, not sibling glue.
  @Test(arguments: required)
  func requiredLength(_ name: String, _ glue: Int) throws {
    let zone = try #require(try compile(Self.zone).zone)
    let rrset = try #require(try zone.node("\(name).example.com")?.rrset(of: .ns))
    #expect(rrset.requiredLength == rrset.length + glue)
    // Of the rest, whole RRsets.
    for space in rrset.requiredLength...rrset.totalLength {
      let (length, count) = rrset.prefix(within: space)
      #expect(length <= space)
      let ends = name == "both" ? [(0, 1), (16, 2), (44, 3), (60, 4)] : [(0, rrset.additionalCount)]
      let end = try #require(ends.last { rrset.requiredLength + $0.0 <= space })
      #expect(length == rrset.requiredLength + end.0)
      #expect(count == end.1)
    }
  }
}
