import Testing

@testable import Web

@Suite struct WebHostsTests {
  @Test(arguments: [
    ("localhost", true), ("localhost:9153", true), ("LocalHost.:9153", true), ("127.0.0.1", true),
    ("192.0.2.1:80", true), ("[::1]", true), ("[2001:db8::1]:9153", true), ("ns1.example.com", true),
    ("NS1.example.com.:9153", true), ("evil.example", false), ("evil.example:9153", false), ("", false),
    ("127.0.0.1.evil.example", false), ("127.0.0.1:80.evil.example", false), ("[::1", false),
    ("[evil.example]", false), ("1.2.3", false), ("1.2.3.256", false), ("[::1]x", false),
    ("localhost:80x", false), ("localhost.evil.example", false),
  ])
  func namesOfItsOwn(authority: String, isAccepted: Bool) {
    #expect(WebHosts(["ns1.example.com"]).accepts(authority) == isAccepted)
  }
}
