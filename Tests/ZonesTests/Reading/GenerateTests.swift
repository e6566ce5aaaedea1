import Testing

@testable import Zones

/// BIND's `$GENERATE`. What is expected is what BIND 9.18 makes of the same line, but where said.
@Suite struct GenerateTests {
  static let cases: [(String, [String])] = [
    ("1-2 host$ A 192.0.2.$", ["host1.example.com. - A c0000201", "host2.example.com. - A c0000202"]),
    ("1-5/2 $ 60 A 192.0.2.$", (0...2).map { "\(2 * $0 + 1).example.com. 60 A c000020\(2 * $0 + 1)" }),
    ("1-1 a$ 60 IN A 192.0.2.$", ["a1.example.com. 60 A c0000201"]),
    ("1-1 a$ IN 60 A 192.0.2.$", ["a1.example.com. 60 A c0000201"]),
    ("1-1 a${0,3,d} A 192.0.2.1", ["a001.example.com. - A c0000201"]),
    ("1-1 a${-1,3} A 192.0.2.1", ["a000.example.com. - A c0000201"]),
    ("30-30 a${0,4,x} A 192.0.2.1", ["a001e.example.com. - A c0000201"]),
    ("30-30 a${0,0,X} A 192.0.2.1", ["a1E.example.com. - A c0000201"]),
    ("30-30 a${1,0,o} A 192.0.2.1", ["a37.example.com. - A c0000201"]),
    ("30-30 ${0,7,n} PTR .", ["e.1.0.0.example.com. - PTR 00"]),
    ("30-30 ${0,6,n}a PTR .", ["e.1.0.a.example.com. - PTR 00"]),
    ("30-30 ${0,2,n}a PTR .", ["e.1a.example.com. - PTR 00"]),
    ("30-30 ${0,0,N} PTR .", ["E.1.example.com. - PTR 00"]),
    ("1-1 a$$b A 192.0.2.1", ["a\\$b.example.com. - A c0000201"]),
    ("1-1 a\\$b A 192.0.2.1", ["a\\$b.example.com. - A c0000201"]),
    ("1-1 $$$ A 192.0.2.1", ["\\$1.example.com. - A c0000201"]),
    ("1-1 a MX \"10 m$\"", ["a.example.com. - MX 000a026d31076578616d706c6503636f6d00"]),
    ("1-1 a TXT \"\\\"b $\\\" c\"", ["a.example.com. - TXT 036220310163"]),
    // BIND takes one word of data only.
    ("1-1 a MX 10 m$", ["a.example.com. - MX 000a026d31076578616d706c6503636f6d00"]),
    ("1-1 @ A 192.0.2.$", ["example.com. - A c0000201"]),
    ("1-1 ( a$\n A 192.0.2.$ ) ; comment", ["a1.example.com. - A c0000201"]),
  ]

  @Test(arguments: cases)
  func records(_ text: String, _ expected: [String]) throws {
    let sink = try read("$GENERATE \(text)\n")
    #expect(sink.diagnostics == [])
    #expect(sink.records == expected)
  }

  @Test func positionIsThatOfTheDirective() throws {
    let sink = try read("\n$GENERATE 1-2 a$ A 192.0.2.$\n A 192.0.2.9\n")
    #expect(sink.positions == ["0:2:1", "0:2:1", "0:3:2"])
    #expect(sink.records.last == "a2.example.com. - A c0000209")
  }

  @Test func mostValues() throws {
    #expect(GenerateRange(Array("1-1048576".utf8).span)?.count == ZoneFileReader.generateLimit)
    #expect(
      try read("$GENERATE 0-1048576 a$ A 192.0.2.1\n").diagnostics.map(\.afterFile) == [
        "1:11: error: the range has more than 1048576 values; split it or write the records out"
      ])
  }
}
