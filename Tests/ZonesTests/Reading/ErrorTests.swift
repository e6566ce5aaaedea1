import Testing

@testable import Zones

/// What is wrong is said with its place and with what would be right.
@Suite struct ErrorTests {
  static let cases: [(String, [String])] = [
    (
      "www AA 192.0.2.1\n",
      ["1:5: error: \"AA\" is not a record type; did you mean A?"]
    ),
    (
      "www 300 192.0.2.1\n",
      ["1:9: error: \"192.0.2.1\" is not a record type; write A before an IPv4 address"]
    ),
    (
      "www 300 2001:db8::1\n",
      ["1:9: error: \"2001:db8::1\" is not a record type; write AAAA before an IPv6 address"]
    ),
    (
      "www 1x A 192.0.2.1\n",
      [
        "1:5: error: \"1x\" is not a TTL; write seconds, or numbers with the units w, d, h, m and s, like 1h30m"
      ]
    ),
    (
      "www 2147483648 A 192.0.2.1\n",
      ["1:5: error: TTL 2147483648 is above 2147483647 seconds"]
    ),
    (
      "www 99999999999999999999w A 192.0.2.1\n",
      ["1:5: error: TTL 99999999999999999999w is above 2147483647 seconds"]
    ),
    (
      "www 1h 2h A 192.0.2.1\n",
      ["1:8: error: \"2h\" is a second TTL; a record has one"]
    ),
    (
      "www IN IN A 192.0.2.1\n",
      ["1:8: error: \"IN\" is a second class; a record has one"]
    ),
    (
      "www CH A 192.0.2.1\n",
      ["1:5: error: class CH is not served; only IN is"]
    ),
    (
      "www CLASS3 A 192.0.2.1\n",
      ["1:5: error: class CLASS3 is not served; only IN is"]
    ),
    (
      "www IN\n",
      ["1:7: error: the record ends before its type; write: OWNER [TTL] [IN] TYPE DATA"]
    ),
    (
      "www A 192.0.2.1 )\n",
      ["1:17: error: a closing parenthesis without an opening one before it"]
    ),
    (
      "www TXT \"a\\300\"\n",
      ["1:9: error: a backslash needs a character that is not a digit, or three digits up to 255, after it"]
    ),
    (
      "www TXT a\\\n",
      ["1:10: error: a backslash at the end of a line; use parentheses to go on in the next line"]
    ),
    (
      "www..foo A 192.0.2.1\n",
      [
        "1:1: error: \"www..foo\" is not a domain name: a label is empty; dots stand between labels, never two in a row or in front"
      ]
    ),
    (
      ".foo A 192.0.2.1\n",
      [
        "1:1: error: \".foo\" is not a domain name: a label is empty; dots stand between labels, never two in a row or in front"
      ]
    ),
    (
      "aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeeffffffffffgggg A 192.0.2.1\n",
      [
        "1:1: error: \"aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeeffffffffff...\" is not a domain name: a label is longer than 63 octets"
      ]
    ),
    (
      "www ANY foo\n",
      ["1:5: error: ANY is for messages; a zone cannot hold records of it"]
    ),
    (
      "www OPT foo\n",
      ["1:5: error: OPT is for messages; a zone cannot hold records of it"]
    ),
    (
      "  $TTL 5\n",
      ["1:3: error: directive $TTL must begin in the first column"]
    ),
    (
      "$FOO bar\n",
      [
        "1:1: error: \"$FOO\" is not a directive; there are $ORIGIN, $TTL, $INCLUDE and $GENERATE (an owner that begins with $ is written \\$)"
      ]
    ),
    (
      "$TTL\n",
      ["1:5: error: the directive ends too early; write: $TTL SECONDS"]
    ),
    (
      "$TTL 1y\n",
      [
        "1:6: error: \"1y\" is not a TTL; write seconds, or numbers with the units w, d, h, m and s, like 1h30m"
      ]
    ),
    (
      "$ORIGIN a..b\n",
      [
        "1:9: error: \"a..b\" is not a domain name: a label is empty; dots stand between labels, never two in a row or in front"
      ]
    ),
    (
      "$ORIGIN a. b\n",
      ["1:12: error: \"b\" is more than the directive takes; write: $ORIGIN NAME"]
    ),
    (
      "$GENERATE 5-1 a$ A 192.0.2.$\n",
      ["1:11: error: \"5-1\" is not a range; write START-STOP or START-STOP/STEP, like 1-254 or 0-30/2"]
    ),
    (
      "$GENERATE 1-2 a${0,3,q} A 192.0.2.$\n",
      [
        "1:15: error: \"${0,3,q}\" is not a modifier; write ${OFFSET,WIDTH,BASE}, like ${-1,3,d}, with a base of d, o, x, X, n or N and a width up to 255"
      ]
    ),
    (
      "$GENERATE 0-2 a${-1} A 192.0.2.$\n",
      ["1:15: error: the offset makes a value negative: -1"]
    ),
    (
      "$GENERATE 1-2\n",
      [
        "1:14: error: the directive ends too early; write: $GENERATE START-STOP[/STEP] OWNER [TTL] [IN] TYPE DATA"
      ]
    ),
    (
      "\"www\" A 1.2.3.4\n",
      ["1:1: error: the owner cannot be a quoted string; write it without quotes"]
    ),
    (
      "www \"A\" 1.2.3.4\n",
      ["1:5: error: the type cannot be a quoted string; write it without quotes"]
    ),
    (
      "www NS \"ns\"\n",
      ["1:8: error: a domain name cannot be a quoted string; write it without quotes"]
    ),
    (
      "www CNAME www.example.com\n",
      [
        "1:11: warning: the name becomes www.example.com.example.com.; if that is not meant, end it with a dot"
      ]
    ),
    (
      "www.example.com A 192.0.2.1\n",
      ["1:1: warning: the name becomes www.example.com.example.com.; if that is not meant, end it with a dot"]
    ),
    (
      "www TXT \"a\nok A 192.0.2.1\n",
      ["1:9: error: this quote is never closed; write a quote within a string as \\\""]
    ),
    (
      "www TXT \"a\nwww TXT \"b\" c\n",
      [
        "2:11: error: this quote is never closed; write a quote within a string as \\\"",
        "1:9: warning: this string goes on in the next line; is its closing quote missing?",
      ]
    ),
    (
      " A 192.0.2.1\n",
      [
        "1:2: error: a line that begins with space has the owner of the record before it, and there is none; write the owner in the first column, such as @ for the origin"
      ]
    ),
    (
      "www\n",
      ["1:4: error: the record ends before its type; write: OWNER [TTL] [IN] TYPE DATA"]
    ),
    (
      "www A \u{01}\nok A 192.0.2.1\n",
      ["1:7: error: control character 1; write it as \\001 if it is meant"]
    ),
    (
      "www\0 A 192.0.2.1\n",
      ["1:4: error: a NUL octet; zone files are plain text in ASCII or UTF-8"]
    ),
    (
      "; \0\n",
      ["1:3: error: a NUL octet; zone files are plain text in ASCII or UTF-8"]
    ),
    (
      "www A 192.0.2.1\nok\n",
      ["2:3: error: the record ends before its type; write: OWNER [TTL] [IN] TYPE DATA"]
    ),
    (
      "www TXT \"\u{07}\"\n",
      [
        "1:10: error: control character 7; write it as \\007 if it is meant",
        "1:11: error: this quote is never closed; write a quote within a string as \\\"",
      ]
    ),
    (
      "www TYPE65536 \\# 0\n",
      [
        "1:5: error: \"TYPE65536\" is not a record type; types that have no name here are written like TYPE65280 \\# 4 0a000001"
      ]
    ),
    (
      "www TYPE0 \\# 0\n",
      ["1:5: error: TYPE0 is for messages; a zone cannot hold records of it"]
    ),
    (
      "www TXT \"\\25\"\n",
      ["1:9: error: a backslash needs a character that is not a digit, or three digits up to 255, after it"]
    ),
    (
      "a\\3 A 192.0.2.1\n",
      [
        "1:1: error: \"a\\3\" is not a domain name: a backslash needs a character that is not a digit, or three digits up to 255, after it"
      ]
    ),
    (
      "bad..name A 192.0.2.1\n A 192.0.2.2\nok A 192.0.2.1\n",
      [
        "1:1: error: \"bad..name\" is not a domain name: a label is empty; dots stand between labels, never two in a row or in front"
      ]
    ),
    (
      "www HTTPS 1 . key1=\"\\300\"\n",
      ["1:15: error: a backslash needs a character that is not a digit, or three digits up to 255, after it"]
    ),
    (
      "$GENERATE 1-2/0 a A 192.0.2.1\n",
      ["1:11: error: \"1-2/0\" is not a range; write START-STOP or START-STOP/STEP, like 1-254 or 0-30/2"]
    ),
    (
      "$GENERATE x a A 192.0.2.1\n",
      ["1:11: error: \"x\" is not a range; write START-STOP or START-STOP/STEP, like 1-254 or 0-30/2"]
    ),
    (
      "$GENERATE 1-2 a${0 A 192.0.2.1\n",
      [
        "1:15: error: \"${0 A 192.0.2.1\" is not a modifier; write ${OFFSET,WIDTH,BASE}, like ${-1,3,d}, with a base of d, o, x, X, n or N and a width up to 255"
      ]
    ),
    (
      "$TTL 4294967296\n",
      ["1:6: error: TTL 4294967296 is above 2147483647 seconds"]
    ),
    (
      "$ORIGIN \"a\"\n",
      ["1:9: error: an origin cannot be a quoted string; write it without quotes"]
    ),
    (
      "www TYPEX foo\n",
      [
        "1:5: error: \"TYPEX\" is not a record type; types that have no name here are written like TYPE65280 \\# 4 0a000001"
      ]
    ),
    (
      "www nsap-ptrs foo\n",
      ["1:5: error: \"nsap-ptrs\" is not a record type; did you mean NSAP-PTR?"]
    ),
    (
      "\(String(repeating: "a.", count: 121))x A 192.0.2.1\n",
      [
        "1:1: error: \"\(String(repeating: "a.", count: 30))...\" is not a domain name: "
          + "the name is longer than 255 octets"
      ]
    ),
    (
      "$GENERATE 254-300 a$ A 192.0.2.$\n",
      [
        "1:19: error: for the value 256: \"192.0.2.256\" is not an IPv4 address; "
          + "write four numbers of 0 to 255, like 192.0.2.1"
      ]
    ),
  ]

  @Test(arguments: cases)
  func diagnostics(_ text: String, _ expected: [String]) throws {
    let sink = try read(text + "\n")
    #expect(sink.diagnostics.map(\.afterFile) == expected)
  }

  /// Each error ends one record, and no other.
  @Test func readingGoesOn() throws {
    let texts = (Self.cases + DataErrorTests.cases).map(\.0).filter {
      !$0.contains("(") && !$0.contains("\"")
    }
    for text in texts {
      let sink = try read("first A 192.0.2.1\n\(text)\nlast A 192.0.2.2\n")
      #expect(sink.records.first == "first.example.com. - A c0000201", "\(text)")
      #expect(sink.records.last?.hasSuffix(" A c0000202") == true, "\(text)")
    }
  }

  @Test func readingEndsAfterManyErrors() throws {
    let sink = try read(String(repeating: "www A x\n", count: 60))
    #expect(sink.diagnostics.count == ZoneFileReader.errorLimit + 1)
    #expect(
      sink.diagnostics.last?.afterFile == "50:7: error: this is error number 50; reading ends here")
  }

  @Test func warningsEnd() throws {
    let sink = try read(String(repeating: "www.example.com A 192.0.2.1\n", count: 60))
    #expect(sink.records.count == 60)
    #expect(sink.diagnostics.count == ZoneFileReader.warningLimit + 1)
    #expect(
      sink.diagnostics.last?.afterFile == "50:1: warning: this is warning number 50; no more of them are told"
    )
  }

  @Test func notAZoneFile() throws {
    let sink = try read((0...255).map { UInt8($0) } + (0...255).reversed().map { UInt8($0) })
    #expect(!sink.diagnostics.isEmpty)
  }

  /// What a file says is shown without what could steer a terminal.
  @Test func messagesHoldNoControlCharacters() throws {
    let sink = try read("www HTTPS 1 . port=\\027[31m\n\u{9b}31m..a A 192.0.2.1\n")
    #expect(sink.diagnostics.count == 2)
    for scalar in sink.diagnostics.map(\.message).joined().unicodeScalars {
      #expect(scalar.properties.generalCategory != .control)
    }
  }
}
