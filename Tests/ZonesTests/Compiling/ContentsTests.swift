import DNSWire
import TestSupport
import Testing

@testable import Zones

/// What is in the zone file is in the compiled zone, and nothing else.
@Suite struct ContentsTests {
  @Test(arguments: [".", "example.com", "a", "2.0.192.in-addr.arpa"])
  func randomZones(_ apexText: String) throws {
    let seed = SplitMix64.random().seed
    let apex = try DomainName(apexText)
    for round in 0..<8 {
      let comment: Comment = "seed \(seed), round \(round)"
      let random = SplitMix64(seed: seed &+ UInt64(round))
      var contents = RandomContents(apex: apex, names: [1, 10, 60, 200][round % 4], random: random)
      let text = contents.text()
      let (zone, diagnostics) = try compile(text, apex: apexText)
      let errors = diagnostics.filter { $0.severity == .error }
      try #require(errors == [], comment)
      let compiled = try #require(zone, comment)
      let records = contents.names.values.reduce(0) { $0 + $1.rrsets.values.reduce(0) { $0 + $1.count } }
      #expect(compiled.recordCount == records, comment)
      try expectAll(of: contents, in: compiled, comment)
      expectNothingElse(&contents, compiled, comment)
      try expectAnswers(&contents, text, apexText, comment)
    }
  }

  /// Every name has its node, empty non-terminals too, with its RRsets, or with what hides them.
  private func expectAll(of contents: RandomContents, in zone: CompiledZone, _ comment: Comment) throws {
    for name in contents.existing {
      let node = try #require(zone.node(name), comment)
      #expect(node.nameLength == name.octets.count - contents.apex.octets.count, comment)
      let rrsets = contents.names[name]?.rrsets ?? [:]
      if let cover = contents.cover(of: name) {
        #expect(node.flags == .occluded, comment)
        #expect(node.link.nameLength == cover.octets.count - contents.apex.octets.count, comment)
        #expect(node.rrsetCount == 0, comment)
        continue
      }
      let isCut = rrsets[.ns] != nil && name != contents.apex.lowercased && !name.isWildcard
      #expect(node.flags.contains(.delegation) == isCut, comment)
      #expect(node.flags.contains(.cname) == (rrsets[.cname] != nil), comment)
      #expect(node.flags.contains(.dname) == (rrsets[.dname] != nil && !name.isWildcard), comment)
      let star = name.prepending([UInt8(ascii: "*")])
      let hasWildcard = star.map { contents.existing.contains($0) && contents.cover(of: $0) == nil } ?? false
      #expect(node.flags.contains(.wildcard) == hasWildcard, comment)
      let visible = isCut ? rrsets.filter { $0.key == .ns } : rrsets
      #expect(node.rrsetCount == visible.count, comment)
      for (type, records) in visible {
        let rrset = try #require(node.rrset(of: type), comment)
        #expect(rrset.recordCount == records.count, comment)
        #expect(rrset.type == type, comment)
        #expect(rrset.ttl == 60, comment)
      }
    }
  }

  private func expectNothingElse(
    _ contents: inout RandomContents, _ zone: CompiledZone, _ comment: Comment
  ) {
    let existing = contents.existing
    for _ in 0..<500 {
      let name = contents.name().lowercased
      #expect((zone.node(name) != nil) == existing.contains(name), comment)
    }
  }

  /// Each RRset that is not hidden is answered whole, whatever letter case is asked in.
  private func expectAnswers(
    _ contents: inout RandomContents, _ text: String, _ apex: String, _ comment: Comment
  ) throws {
    var served = try Served(text, apex: apex)
    for (key, name) in contents.names where contents.cover(of: key) == nil {
      let isCut = name.rrsets[.ns] != nil && key != contents.apex.lowercased && !key.isWildcard
      for (type, records) in name.rrsets where !isCut {
        let asked = contents.anyCase(name.name)
        let message = try Message(served.octets(asked, type))
        #expect(message.header == "NOERROR aa", comment)
        let expected = Set(records.map { Self.text(of: asked, type, $0.octets, $0.text).lowercased() })
        // An alias is followed by what it leads to.
        let found = type == .cname ? Array(message.answer.prefix(1)) : message.answer
        #expect(Set(found.map { $0.lowercased() }) == expected, comment)
        #expect(found.count == records.count, comment)
      }
    }
  }

  // As `Message` writes it.
  private static func text(of owner: DomainName, _ type: RRType, _ octets: [UInt8], _ text: String) -> String
  {
    let names: [RRType: String] = [
      .a: "A", .ns: "NS", .cname: "CNAME", .soa: "SOA", .mx: "MX", .dname: "DNAME",
    ]
    guard let name = names[type] else {
      return "\(owner) 60 \(type == .aaaa ? "AAAA" : "TYPE\(type.rawValue)") \(hexadecimal(octets))"
    }
    return "\(owner) 60 \(name) \(text)"
  }
}
