import Testing

@testable import Zones

/// What a zone file may look like (RFC 1035 §5.1), and what comes of it.
@Suite struct SyntaxTests {
  struct Case: CustomTestStringConvertible, Sendable {
    let name: String
    let text: String
    let records: [String]
    var testDescription: String { name }

    init(_ name: String, _ text: String, _ records: String...) {
      self.name = name
      self.text = text
      self.records = records
    }
  }

  static let cases = [
    Case("plain", "www 300 IN A 192.0.2.1\n", "www.example.com. 300 A c0000201"),
    Case("class before TTL", "www IN 300 A 192.0.2.1\n", "www.example.com. 300 A c0000201"),
    Case("no class", "www 300 A 192.0.2.1\n", "www.example.com. 300 A c0000201"),
    Case("no TTL", "www IN A 192.0.2.1\n", "www.example.com. - A c0000201"),
    Case("neither", "www A 192.0.2.1\n", "www.example.com. - A c0000201"),
    Case("no newline at the end", "www A 192.0.2.1", "www.example.com. - A c0000201"),
    Case("lower case", "www 300 in a 192.0.2.1\n", "www.example.com. 300 A c0000201"),
    Case("CLASS1", "www CLASS1 TYPE1 192.0.2.1\n", "www.example.com. - A c0000201"),
  ]

  @Test(arguments: cases)
  func records(_ example: Case) throws {
    let sink = try read(example.text)
    #expect(sink.diagnostics == [])
    #expect(sink.records == example.records)
  }
}
