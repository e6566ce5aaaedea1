import DNSWire
import Testing

@Suite struct IPNetworkTests {
  @Test(arguments: [
    ("192.0.2.0/24", "192.0.2.0/24", "192.0.2.0/24"), ("192.0.2.9/24", "192.0.2.9/24", "192.0.2.0/24"),
    ("192.0.2.9", "192.0.2.9", "192.0.2.9"), ("192.0.2.9/32", "192.0.2.9", "192.0.2.9"),
    ("255.255.255.255/0", "255.255.255.255/0", "0.0.0.0/0"), ("::1", "::1", "::1"),
    ("2001:DB8::ffff/64", "2001:db8::ffff/64", "2001:db8::/64"), ("ffff::/1", "ffff::/1", "8000::/1"),
    ("::ffff:192.0.2.1", "192.0.2.1", "192.0.2.1"),
  ])
  func text(_ text: String, _ description: String, _ canonical: String) throws {
    let network = try IPNetwork(text)
    #expect(network.description == description)
    #expect(network.canonical.description == canonical)
  }

  @Test(arguments: [
    ("", "'' is neither an address nor a network such as 192.0.2.0/24"),
    ("192.0.2", "'192.0.2' is neither an address nor a network such as 192.0.2.0/24"),
    ("/8", "'/8' is neither an address nor a network such as 192.0.2.0/24"),
    ("192.0.2.0/", "'192.0.2.0/' has no length of a network behind its '/'; that is 0 to 32"),
    ("192.0.2.0/33", "'192.0.2.0/33' has no length of a network behind its '/'; that is 0 to 32"),
    ("192.0.2.0/-1", "'192.0.2.0/-1' has no length of a network behind its '/'; that is 0 to 32"),
    ("192.0.2.0/08", "'192.0.2.0/08' has no length of a network behind its '/'; that is 0 to 32"),
    ("192.0.2.0/8/8", "'192.0.2.0/8/8' has no length of a network behind its '/'; that is 0 to 32"),
    ("2001:db8::/129", "'2001:db8::/129' has no length of a network behind its '/'; that is 0 to 128"),
    (
      "::ffff:192.0.2.0/120",
      "'::ffff:192.0.2.0/120' has no length of a network behind its '/'; that is 0 to 32"
    ),
  ])
  func mistakes(_ text: String, _ message: String) {
    do {
      _ = try IPNetwork(text)
      Issue.record("'\(text)' is a network")
    } catch {
      #expect(error.description == message)
    }
  }
}
