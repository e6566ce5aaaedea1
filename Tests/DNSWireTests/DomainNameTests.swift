import Testing

@testable import DNSWire

@Suite struct DomainNameTests {
  static let label63 = String(repeating: "x", count: 63)
  static let name255 = "\(label63).\(label63).\(label63).\(String(repeating: "y", count: 61))."

  /// Text, the wire format, and the text that it is presented as.
  static let texts: [(String, [UInt8], String)] = [
    (".", [0], "."),
    ("a", [1, 0x61, 0], "a."),
    ("a.", [1, 0x61, 0], "a."),
    ("Www.eXample", [3, 0x57, 0x77, 0x77, 7, 0x65, 0x58, 0x61, 0x6d, 0x70, 0x6c, 0x65, 0], "Www.eXample."),
    ("a\\.b.c", [3, 0x61, 0x2e, 0x62, 1, 0x63, 0], "a\\.b.c."),
    ("a\\046b", [3, 0x61, 0x2e, 0x62, 0], "a\\.b."),
    ("\\000\\255", [2, 0, 255, 0], "\\000\\255."),
    (
      "\\\\\\\"\\(\\)\\;\\@\\$", [7, 0x5c, 0x22, 0x28, 0x29, 0x3b, 0x40, 0x24, 0], "\\\\\\\"\\(\\)\\;\\@\\$."
    ),
    ("@", [1, 0x40, 0], "\\@."),
    ("a b", [3, 0x61, 0x20, 0x62, 0], "a\\032b."),
    ("*.a", [1, 0x2a, 1, 0x61, 0], "*.a."),
    ("_é", [3, 0x5f, 0xc3, 0xa9, 0], "_\\195\\169."),
  ]

  @Test(arguments: texts)
  func text(_ text: String, _ octets: [UInt8], _ presentation: String) throws {
    let name = try DomainName(text)
    #expect(name.octets == octets)
    #expect(name.description == presentation)
    #expect(try DomainName(presentation) == name)
    #expect(DomainName(wire: octets) == name)
  }

  static let errors: [(String, DomainName.TextError)] = [
    ("", .empty),
    ("..", .emptyLabel(at: 0)),
    (".a", .emptyLabel(at: 0)),
    ("a..b", .emptyLabel(at: 2)),
    ("a..", .emptyLabel(at: 2)),
    ("a.\(label63)x.b", .labelTooLong(at: 2)),
    ("\(label63)x", .labelTooLong(at: 0)),
    ("y.\(name255)", .nameTooLong),
    ("\(name255.dropLast())y.", .nameTooLong),
    ("\(name255.dropLast())y", .nameTooLong),
    ("a\\", .malformedEscape(at: 1)),
    ("a\\2", .malformedEscape(at: 1)),
    ("a\\25x", .malformedEscape(at: 1)),
    ("a\\256", .malformedEscape(at: 1)),
  ]

  @Test(arguments: errors)
  func malformed(_ text: String, _ expected: DomainName.TextError) {
    #expect(throws: expected) { try DomainName(text) }
  }

  @Test func longest() throws {
    #expect(try DomainName(Self.name255).octets.count == 255)
  }

  @Test func relative() throws {
    let origin = try DomainName("example.com")
    #expect(try DomainName("www", relativeTo: origin).description == "www.example.com.")
    #expect(try DomainName("www.", relativeTo: origin).description == "www.")
    #expect(try DomainName("a\\.", relativeTo: origin).description == "a\\..example.com.")
    // 242 and the 13 of the origin are the 255 that a name may have.
    let long = String(repeating: "a.", count: 120) + "x"
    #expect(try DomainName(long, relativeTo: origin).octets.count == 255)
    #expect(throws: DomainName.TextError.nameTooLong) { try DomainName(long + "x", relativeTo: origin) }
  }

  static let malformedOctets: [[UInt8]] = [
    [], [1], [1, 0x61], [0, 0], [1, 0x61, 0, 0], [0xc0, 0], [64] + [UInt8](repeating: 0x61, count: 64) + [0],
    [UInt8](repeating: 0, count: 256), Array(repeating: [1, 0x61], count: 128).flatMap { $0 } + [0],
  ]

  @Test(arguments: malformedOctets)
  func malformedWire(_ octets: [UInt8]) {
    #expect(DomainName(wire: octets) == nil)
  }

  @Test func hierarchy() throws {
    let name = try DomainName("a.B.example")
    #expect(name.labelCount == 3)
    #expect(DomainName.root.labelCount == 0)
    #expect(try name.parent == DomainName("B.example"))
    #expect(DomainName.root.parent == nil)
    #expect(name.firstLabel == [0x61])
    #expect(DomainName.root.firstLabel == nil)
    #expect(try DomainName("*.a").isWildcard)
    #expect(try !DomainName("*a.a").isWildcard)
    #expect(!DomainName.root.isWildcard)
    #expect(try name.lowercased == DomainName("a.b.example"))
    #expect(name.prepending([0x62])?.description == "b.a.B.example.")
    #expect(name.prepending([]) == nil)
    #expect(try DomainName(Self.name255).prepending([0x62]) == nil)
  }

  static let subdomains: [(String, String, Bool)] = [
    ("a.example", "example", true),
    ("A.EXAMPLE", "a.example", true),
    ("a.example", ".", true),
    (".", ".", true),
    (".", "example", false),
    ("example", "a.example", false),
    ("aexample", "example", false),
    // The octets of the second name end those of the first, but not at a label.
    ("a\\007example", "example", false),
  ]

  @Test(arguments: subdomains)
  func subdomain(_ name: String, _ other: String, _ expected: Bool) throws {
    #expect(try DomainName(name).isSubdomain(of: DomainName(other)) == expected)
  }
}
