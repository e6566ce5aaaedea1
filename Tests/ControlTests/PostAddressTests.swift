import Testing

@testable import Control

struct PostAddressTests {
  @Test(
    arguments: [
      ("http://127.0.0.1:8080/events", "127.0.0.1", 8080, "/events", "127.0.0.1:8080"),
      ("HTTP://relay", "relay", 80, "/", "relay"),
      ("http://relay.example.com:81?a=b", "relay.example.com", 81, "/?a=b", "relay.example.com:81"),
      ("http://[2001:db8::1]:65535/a/b?c", "2001:db8::1", 65_535, "/a/b?c", "[2001:db8::1]:65535"),
      ("http://[::1]/", "::1", 80, "/", "[::1]"),
    ] as [(String, String, UInt16, String, String)])
  func reads(_ text: String, _ host: String, _ port: UInt16, _ path: String, _ authority: String) throws {
    let address = try PostAddress(text)
    #expect(address.host == host)
    #expect(address.port == port)
    #expect(address.path == path)
    #expect(address.authority == authority)
    #expect(try PostAddress(address.description) == address)
  }

  @Test(
    arguments: [
      "", "http:", "http://", "http:///a", "http://:80/", "http://a:0/", "http://a:65536/", "http://a:x/",
      "http://a:-1/", "http://u@a/", "http://[::1/", "http://[a]/", "http://[127.0.0.1]/", "http://::1/",
      "http://a/#b", "http://a/ b", "http://a/\r\nX: y", "http://ä/", "ftp://a/", "a", "/a", "https://a/",
    ]) func refuses(_ text: String)
  {
    #expect(throws: PostAddress.Mistake.self) { try PostAddress(text) }
  }
}
