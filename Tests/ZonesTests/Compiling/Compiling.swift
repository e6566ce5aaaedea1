import DNSWire
import TestSupport
import Testing

@testable import Zones

/// A zone to compile, and all that is to be said of it.
struct ZoneCase: Sendable, CustomTestStringConvertible {
  let testDescription: String
  let apex: String
  let text: String
  /// `line:column: severity: message` each. The zone is taken unless there is an error among them.
  let expected: [String]

  init(_ name: String, apex: String = "example.com", whole text: String, _ expected: [String] = []) {
    testDescription = name
    self.apex = apex
    self.text = text
    self.expected = expected
  }

  /// A zone with nothing wrong in its first four lines, so that `text` begins in line 5.
  init(_ name: String, _ text: String, _ expected: [String] = []) {
    self.init(name, whole: Self.sound + text, expected)
  }

  static let sound = """
    $TTL 3600
    @ SOA ns1 hostmaster 1 7200 900 1209600 300
    @ NS ns1
    ns1 A 192.0.2.1

    """

  func check() throws {
    let (zone, diagnostics) = try compile(text, apex: apex)
    #expect(diagnostics.map(\.afterFile) == expected)
    #expect((zone != nil) == !expected.contains { $0.contains(": error: ") })
  }
}

/// Compiles the text of a zone file.
func compile(
  _ text: String, apex: String = "example.com"
) throws -> (zone: CompiledZone?, diagnostics: [Diagnostic]) {
  let folder = TemporaryFolder()
  let result = ZoneLoader.load(file: folder.write("zone", text), apex: try DomainName(apex))
  return (result.zone, result.diagnostics)
}

extension CompiledZone {
  /// The node of a name; nil where the zone has none.
  func node(_ name: DomainName) -> NodeView? {
    var buffer = NameBuffer()
    guard buffer.load(from: name.octets.span.octets, at: 0) != nil else { return nil }
    return view.node(for: buffer, suffix: buffer.labelCount)
  }

  func node(_ name: String) throws -> NodeView? { node(try DomainName(name)) }
}
