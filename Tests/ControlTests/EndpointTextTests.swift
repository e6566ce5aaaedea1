import Testing

@testable import Control

struct EndpointTextTests {
  @Test(
    arguments: [
      ("192.0.2.1:5300", "192.0.2.1:5300"),
      ("192.0.2.1", "192.0.2.1:53"),
      ("127.0.0.1:0", "127.0.0.1:0"),
      ("[2001:db8::1]:5300", "[2001:db8::1]:5300"),
      ("[::]", "[::]:53"),
      ("[2001:DB8:0:0::1]:65535", "[2001:db8::1]:65535"),
      ("[::ffff:192.0.2.1]:53", "192.0.2.1:53"),
    ]) func isRead(_ text: String, _ canonical: String) throws
  {
    #expect(EndpointText.text(of: try EndpointText.parse(text)) == canonical)
  }

  @Test(
    arguments: [
      ("", "an address is needed; 0.0.0.0 is all of IPv4, [::] all of IPv6"),
      (":53", "an address is needed; 0.0.0.0 is all of IPv4, [::] all of IPv6"),
      ("*:53", "an address is needed; 0.0.0.0 is all of IPv4, [::] all of IPv6"),
      ("localhost:53", "'localhost' is not an IP address (names are not looked up)"),
      ("192.0.2.256:53", "'192.0.2.256' is not an IP address (names are not looked up)"),
      ("192.0.2.1:", "'' is not a port; ports are 1 to 65535, or 0 for a free one"),
      ("192.0.2.1:+5", "'+5' is not a port; ports are 1 to 65535, or 0 for a free one"),
      ("192.0.2.1:65536", "'65536' is not a port; ports are 1 to 65535, or 0 for a free one"),
      ("192.0.2.1:domain", "'domain' is not a port; ports are 1 to 65535, or 0 for a free one"),
      ("::1", "an IPv6 address needs brackets here: [::1]:53"),
      ("::1:53", "an IPv6 address needs brackets here: [::1:53]:53"),
      ("[::1", "the bracket is not closed; write [2001:db8::1]:53"),
      ("[::1]53", "after the bracket a colon and the port are expected, as in [::1]:53"),
      ("[192.0.2.1]:53", "brackets are for IPv6 addresses only; write 192.0.2.1:53"),
      ("[fe80::1%eth0]:53", "'fe80::1%eth0' is not an IP address (names are not looked up)"),
    ]) func isRefused(_ text: String, _ message: String)
  {
    #expect(throws: EndpointText.Mistake(description: message)) { try EndpointText.parse(text) }
  }
}
