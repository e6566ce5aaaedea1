import DNSWire
import TestSupport
import Testing

@testable import Zones

/// Both hash tables of names stay quick, whatever names a zone has.
@Suite struct NodeIndexTests {
  /// Names that differ in few octets, where these stand at each place of the words that are hashed.
  enum Family: CaseIterable, Sendable {
    case letters6, letters7, letters8, letters15, lettersInFront, twoLabels, numbers, hosts, address

    func name(_ number: Int) -> String {
      switch self {
      case .letters6: "a" + letters(number, 5)
      case .letters7: "ab" + letters(number, 5)
      case .letters8: "abc" + letters(number, 5)
      case .letters15: "abcdefghij" + letters(number, 5)
      case .lettersInFront: letters(number, 5) + "xyz"
      case .twoLabels: letters(number / 50, 3) + "." + letters(number % 50, 2)
      case .numbers: "\(number)"
      case .hosts: "host" + "\(1_000_000 + number)".dropFirst()
      case .address: "\(number % 256).\(number / 256)"
      }
    }

    private func letters(_ number: Int, _ count: Int) -> String {
      var text = ""
      var rest = number
      for _ in 0..<count {
        text = String(Character(Unicode.Scalar(UInt8(0x61 + rest % 26)))) + text
        rest /= 26
      }
      return text
    }
  }

  private static func hash(_ text: String) throws -> UInt64 {
    let octets = try DomainName(text + ".example.com").octets
    var name = NameBuffer()
    _ = name.load(from: octets.span.octets, at: 0)
    return name.hash(ofSuffix: name.labelCount)
  }

  // Nil when the node is not found.
  private static func looks(for node: Int, hash: UInt64, in index: borrowing NodeIndex) -> Int? {
    var slot = index.slot(of: hash)
    var looks = 1
    while true {
      guard let entry = index.entry(at: slot) else { return nil }
      if entry.node == node { return entry.tag == NodeIndex.tag(of: hash) ? looks : nil }
      slot = index.slot(after: slot)
      looks += 1
    }
  }

  /// Tables are at most half full. With a random hash a search then looks at two slots, rarely at more than thirty.
  @Test(arguments: Family.allCases)
  func search(_ family: Family) throws {
    let count = 20_000
    var nodes: [ZoneBuilder.Node] = []
    var index = NodeIndex()
    for number in 0..<count {
      nodes.append(
        ZoneBuilder.Node(
          name: 0, nameLength: 0, labels: 0, isWildcard: false, parent: 0,
          hash: try Self.hash(family.name(number))))
      index.insert(number, nodes)
    }
    var looks = 0
    var longest = 0
    for number in 0..<count {
      let found = Self.looks(for: number, hash: nodes[number].hash, in: index)
      let own = try #require(found)
      looks += own
      longest = max(longest, own)
    }
    #expect(looks < count * 2, "\(looks) looks for \(count) names")
    #expect(longest < 200)
  }

  /// The same of the table that queries are answered from.
  @Test(arguments: Family.allCases)
  func servedSearch(_ family: Family) throws {
    let count = 20_000
    let slotCount = UInt32(count * 7 / 4 + 1)
    var slots = [Bool](repeating: false, count: Int(slotCount))
    var looks = 0
    var longest = 0
    for number in 0..<count {
      var slot = Int(ZoneView.slot(of: try Self.hash(family.name(number)), among: slotCount))
      var own = 1
      while slots[slot] {
        slot = (slot + 1) % slots.count
        own += 1
      }
      slots[slot] = true
      looks += own
      longest = max(longest, own)
    }
    #expect(looks < count * 2, "\(looks) looks for \(count) names")
    #expect(longest < 200)
  }

  /// A search ends at the table's end, too, and in a table with the fewest slots.
  @Test func wrapsAround() {
    var nodes: [ZoneBuilder.Node] = []
    var index = NodeIndex()
    for number in 0..<40 {
      nodes.append(
        ZoneBuilder.Node(name: 0, nameLength: 0, labels: 0, isWildcard: false, parent: 0, hash: .max))
      index.insert(number, nodes)
      var slot = index.slot(of: .max)
      for other in 0...number {
        let node = index.entry(at: slot)?.node
        #expect(node == other)
        slot = index.slot(after: slot)
      }
      let isFree = index.entry(at: slot) == nil
      #expect(isFree)
    }
  }
}
