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

  static let www = "www.example.com. - A c0000201"
  static let www300 = "www.example.com. 300 A c0000201"

  static let cases = [
    Case("plain", "www 300 IN A 192.0.2.1\n", www300),
    Case("class before TTL", "www IN 300 A 192.0.2.1\n", www300),
    Case("no class", "www 300 A 192.0.2.1\n", www300),
    Case("no TTL", "www IN A 192.0.2.1\n", www),
    Case("neither", "www A 192.0.2.1\n", www),
    Case("no newline at the end", "www A 192.0.2.1", www),
    Case("lower case", "www 300 in a 192.0.2.1\n", www300),
    Case("numbers for class and type", "www class1 type1 192.0.2.1\n", www),
    Case("tabs", "www\t300\tIN\tA\t192.0.2.1\t\n", www300),
    Case("CRLF", "www 300 A 192.0.2.1\r\n\r\n A 192.0.2.1\r\n", www300, www300),
    Case("byte order mark", "\u{feff}www A 192.0.2.1\n", www),
    Case("empty file", ""),
    Case("only comments and space", "; a\n   ; b\n\n \t \n;c"),
    Case("comment after data", "www A 192.0.2.1;comment ( \" \n", www),
    Case("comment within parentheses", "www ( ; one )\n A ; two\n192.0.2.1 )\n", www),
    Case("parentheses without space", "www A(192.0.2.1)\n", www),
    Case("nested parentheses", "www ( A ( 192.0.2.1\n ) \n )\n", www),
    Case("parenthesis in front", "(www\nA 192.0.2.1)\n", www),
    Case("empty parentheses", " ( \n ) \nwww A 192.0.2.1\n", www),
    Case("origin", "@ A 192.0.2.1\n", "example.com. - A c0000201"),
    Case("absolute owner", "www.example.net. A 192.0.2.1\n", "www.example.net. - A c0000201"),
    Case("root", ". A 192.0.2.1\n", ". - A c0000201"),
    Case("wildcard", "* A 192.0.2.1\n", "*.example.com. - A c0000201"),
    Case("blank owner", "www A 192.0.2.1\n\tA 192.0.2.1\n A 192.0.2.1\n", www, www, www),
    Case("owner like a type", "a A 192.0.2.1\n", "a.example.com. - A c0000201"),
    Case("owner like a TTL", "300 A 192.0.2.1\n", "300.example.com. - A c0000201"),
    Case("owner like a class", "IN IN A 192.0.2.1\n", "IN.example.com. - A c0000201"),
    Case("the case is kept", "WwW A 192.0.2.1\n", "WwW.example.com. - A c0000201"),
    Case("escaped dot", "a\\.b A 192.0.2.1\n", "a\\.b.example.com. - A c0000201"),
    Case("escaped octet", "a\\046b\\000 A 192.0.2.1\n", "a\\.b\\000.example.com. - A c0000201"),
    Case(
      "escaped specials", "\\@\\;\\(\\\"\\ \\$ A 192.0.2.1\n",
      "\\@\\;\\(\\\"\\032\\$.example.com. - A c0000201"),
    Case("escaped dot at the end", "a\\. A 192.0.2.1\n", "a\\..example.com. - A c0000201"),
    Case("UTF-8 in a name", "é A 192.0.2.1\n", "\\195\\169.example.com. - A c0000201"),
    Case("TTL units", "www 1w2D3h4M5s A 192.0.2.1\n", "www.example.com. 788645 A c0000201"),
    Case("highest TTL", "www 2147483647 A 192.0.2.1\n", "www.example.com. 2147483647 A c0000201"),
    Case("TTL 0", "www 0 A 192.0.2.1\n", "www.example.com. 0 A c0000201"),
    Case("TTL of the record before", "www 300 A 192.0.2.1\nwww A 192.0.2.1\n", www300, www300),
    Case("$TTL", "$TTL 5m\nwww A 192.0.2.1\n", www300),
    Case(
      "$TTL over the record before", "$TTL 5m\nwww 60 A 192.0.2.1\n A 192.0.2.1\n",
      "www.example.com. 60 A c0000201", www300),
    Case(
      "directives in lower case", "$ttl 300 ; c\n$origin sub\nwww A 192.0.2.1\n",
      "www.sub.example.com. 300 A c0000201"),
    Case("$ORIGIN absolute", "$ORIGIN example.org.\nwww A 192.0.2.1\n", "www.example.org. - A c0000201"),
    Case("$ORIGIN @", "$ORIGIN @\nwww A 192.0.2.1\n", www),
    Case("$ORIGIN root", "$ORIGIN .\nwww A 192.0.2.1\n", "www. - A c0000201"),
    Case("$ORIGIN keeps the owner", "www A 192.0.2.1\n$ORIGIN sub\n A 192.0.2.1\n", www, www),
    Case("quoted strings side by side", "www TXT \"a\"\"b\" c\n", "www.example.com. - TXT 016101620163"),
    Case("quotes side by side with words", "www TXT a\"b c\"d\n", "www.example.com. - TXT 0161036220630164"),
    Case(
      "specials in quotes", "www TXT \"a;(b) \\\" \\\\ \\065\"\n",
      "www.example.com. - TXT 0b613b2862292022205c2041"),
    Case("escapes without quotes", "www TXT a\\ b\\;c\n", "www.example.com. - TXT 056120623b63"),
    Case("empty string", "www TXT \"\"\n", "www.example.com. - TXT 00"),
    Case("@ in data", "www CNAME @\n", "www.example.com. - CNAME 076578616d706c6503636f6d00"),
    Case("data over lines", "www MX (\n10\n. )\n", "www.example.com. - MX 000a00"),
    Case("a form feed in a comment", "www A 192.0.2.1 ; \u{c}\n", www),
  ]

  @Test(arguments: cases)
  func records(_ example: Case) throws {
    let sink = try read(example.text)
    #expect(sink.diagnostics == [])
    #expect(sink.records == example.records)
  }

  /// Taken, but more often than not a quote is missing.
  @Test(arguments: [("\n", "03610a62"), ("\r\n", "04610d0a62")])
  func lineEndInQuotes(_ newline: String, _ octets: String) throws {
    let sink = try read("www TXT \"a\(newline)b\"\(newline)www A 192.0.2.1")
    #expect(sink.records == ["www.example.com. - TXT \(octets)", Self.www])
    #expect(
      sink.diagnostics.map(\.afterFile) == [
        "1:9: warning: this string goes on in the next line; is its closing quote missing?"
      ])
  }

  @Test func positions() throws {
    let sink = try read("$TTL 5\n\nwww A 192.0.2.1\n   A (\n 192.0.2.1 )\n\tA 192.0.2.1\n")
    #expect(sink.positions == ["0:3:1", "0:4:4", "0:6:2"])
  }

  @Test func longestText() throws {
    let strings = Array(repeating: String(repeating: "x", count: 255), count: 255)
    let text =
      "www TXT (\n" + strings.map { "\"\($0)\"\n" }.joined() + "\(String(repeating: "y", count: 254)) )\n"
    let sink = try read(text)
    #expect(sink.diagnostics == [])
    #expect(sink.records.map(\.count) == ["www.example.com. - TXT ".count + 2 * 65_535])
  }

  @Test func longestNames() throws {
    let label = String(repeating: "x", count: 63)
    // 3 * 64 + 1 + 62 = 255 octets.
    let name = "\(label).\(label).\(label).\(String(repeating: "y", count: 61))."
    let sink = try read("\(name) A 192.0.2.1\n")
    #expect(sink.diagnostics == [])
    #expect(sink.records == ["\(name) - A c0000201"])
    #expect(try read("y.\(name) A 192.0.2.1\n").diagnostics.map(\.column) == [1])
  }
}
