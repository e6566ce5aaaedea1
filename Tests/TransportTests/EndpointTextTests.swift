import DNSWire
import Testing

@testable import Transport

@Suite struct EndpointTextTests {
  @Test(arguments: [
    ("127.0.0.1:5300", "127.0.0.1:5300"), ("192.0.2.1", "192.0.2.1:53"), ("127.0.0.1@5300", "127.0.0.1:5300"),
    ("[::1]:5300", "[::1]:5300"), ("::1", "[::1]:53"), ("[::1]", "[::1]:53"), ("::1@5300", "[::1]:5300"),
    ("[::1]@5300", "[::1]:5300"), ("0.0.0.0:0", "0.0.0.0:0"), ("::", "[::]:53"), ("::@65535", "[::]:65535"),
    ("2001:DB8:0::1", "[2001:db8::1]:53"),
  ])
  func reads(text: String, description: String) throws {
    let endpoint = try Endpoint(parsing: text)
    #expect(endpoint.description == description)
    #expect(try Endpoint(parsing: endpoint.description) == endpoint)
  }

  @Test(arguments: [
    ("", Endpoint.SyntaxError.notAnAddress("")), ("localhost", .notAnAddress("localhost")),
    ("localhost:53", .notAnAddress("localhost")), (":53", .notAnAddress("")), ("[]:53", .notAnAddress("")),
    ("127.0.0.1:", .notAPort("")), ("127.0.0.1:65536", .notAPort("65536")),
    ("127.0.0.1:+53", .notAPort("+53")),
    ("127.0.0.1:-1", .notAPort("-1")), ("127.0.0.1:53x", .notAPort("53x")), ("::1@", .notAPort("")),
    ("[::1", .badBrackets("[::1")), ("[::1]53", .badBrackets("[::1]53")),
    ("::1]:53", .notAnAddress("::1]:53")),
    ("127.0.0.256", .notAnAddress("127.0.0.256")), ("fe80::1%eth0", .notAnAddress("fe80::1%eth0")),
  ])
  func refuses(text: String, error: Endpoint.SyntaxError) {
    #expect(throws: error) { try Endpoint(parsing: text) }
  }
}
