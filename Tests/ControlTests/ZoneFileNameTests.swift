import Testing

@testable import Control

struct ZoneFileNameTests {
  @Test(
    arguments: [
      ("example.com.zone", "example.com."),
      ("Example.COM.zone", "example.com."),
      ("example.com.ZONE", "example.com."),
      ("example.com..zone", "example.com."),
      ("com.zone", "com."),
      ("root.zone", "."),
      ("ROOT.zone", "."),
      ("root.example.zone", "root.example."),
      ("zone.zone", "zone."),
      ("2.0.192.in-addr.arpa.zone", "2.0.192.in-addr.arpa."),
      ("128@27.2.0.192.in-addr.arpa.zone", "128/27.2.0.192.in-addr.arpa."),
      ("8.b.d.0.1.0.0.2.ip6.arpa.zone", "8.b.d.0.1.0.0.2.ip6.arpa."),
      ("_tcp.example.com.zone", "_tcp.example.com."),
      ("xn--bcher-kva.example.zone", "xn--bcher-kva.example."),
      ("a\\046b.example.zone", "a\\.b.example."),
      ("*.example.com.zone", "*.example.com."),
    ]) func namesAZone(_ file: String, _ zone: String) throws
  {
    #expect(ZoneFileName.isZoneFile(file))
    #expect(try ZoneFileName.apex(of: file).description == zone)
  }

  @Test(
    arguments: [
      "example.com", "example.com.zone~", "example.com.zone.bak", ".example.com.zone", ".zone", "zone",
      "README",
      "..zone", "",
    ]) func isIgnored(_ file: String)
  {
    #expect(!ZoneFileName.isZoneFile(file))
  }

  @Test(
    arguments: [
      ("a..b.zone", "a label is empty"),
      ("\(String(repeating: "a", count: 64)).zone", "longer than 63 octets"),
      ("bücher.example.zone", "A-label"),
      ("my zone.zone", "visible ASCII"),
      ("a\nb.zone", "visible ASCII"),
      ("a\\.zone", "not a domain name"),
      ("a\\999.zone", "not a domain name"),
    ]) func isAnError(_ file: String, _ part: String)
  {
    #expect(ZoneFileName.isZoneFile(file))
    #expect {
      try ZoneFileName.apex(of: file)
    } throws: { error in
      (error as? ZoneFileName.Mistake)?.message.contains(part) ?? false
    }
  }
}
