import DNSWire
import TestSupport

/// Records at random that make a zone without an error, and what is to be found in it.
struct RandomContents {
  struct Name {
    let name: DomainName
    /// The name's types, each with its records' RDATA: octets and presentation.
    var rrsets: [RRType: [(octets: [UInt8], text: String)]] = [:]
  }

  let apex: DomainName
  /// By the lower-cased name: what owns records.
  private(set) var names: [DomainName: Name] = [:]
  private var random: SplitMix64

  init(apex: DomainName, names count: Int, random: SplitMix64) {
    self.apex = apex
    self.random = random
    let server = DomainName(wellFormed: [2, 0x6e, 0x73, 0])
    let mailbox = DomainName(wellFormed: [1, 0x68, 0])
    let numbers: [UInt8] = [0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0, 4, 0, 0, 0, 5]
    add(apex, .soa, (server.octets + mailbox.octets + numbers, "\(server) \(mailbox) 1 2 3 4 5"))
    add(apex, .ns, (server.octets, "\(server)"))
    for _ in 0..<count { addName() }
  }

  /// All names there are: what owns records, and what lies between those and the apex.
  var existing: Set<DomainName> {
    var result: Set<DomainName> = []
    for name in names.keys {
      var name = name
      while name != apex.lowercased, result.insert(name).inserted { name = name.parent! }
    }
    return result.union([apex.lowercased])
  }

  /// The delegation or DNAME nearest to the apex that a name lies below.
  func cover(of name: DomainName) -> DomainName? {
    var found: DomainName?
    var above = name
    while above != apex.lowercased {
      above = above.parent!
      let rrsets = names[above]?.rrsets ?? [:]
      // At a wildcard both are plain data (RFC 4592 §4.2, §4.4).
      if above.isWildcard { continue }
      if rrsets[.dname] != nil || (rrsets[.ns] != nil && above != apex.lowercased) { found = above }
    }
    return found
  }

  /// The zone file, its lines in no order.
  mutating func text() -> String {
    var lines: [String] = []
    for name in names.values {
      for (type, records) in name.rrsets {
        for record in records {
          lines.append("\(anyCase(name.name)) 60 IN \(type.mnemonicForTests) \(record.text)")
        }
      }
    }
    lines.sort()
    lines.shuffle(using: &random)
    return lines.joined(separator: "\n") + "\n"
  }

  /// A name that may or may not be there.
  mutating func name() -> DomainName {
    var name = apex
    for _ in 0..<Int.random(in: 0...5, using: &random) { name = name.prepending(label()) ?? name }
    return name
  }

  /// The name with its letters in any case.
  mutating func anyCase(_ name: DomainName) -> DomainName {
    DomainName(
      wellFormed: name.octets.map { octet in
        (0x61...0x7a).contains(octet | 0x20) && Bool.random(using: &random) ? octet ^ 0x20 : octet
      })
  }

  private mutating func addName() {
    let name = name()
    // What a name may hold with other types, and what only alone.
    if names[name.lowercased] == nil, Int.random(in: 0..<6, using: &random) == 0 {
      let target = self.name()
      add(name, .cname, (target.octets, "\(target)"))
      return
    }
    guard names[name.lowercased]?.rrsets[.cname] == nil else { return }
    for _ in 0..<Int.random(in: 1...4, using: &random) {
      let number = UInt8.random(in: 0...255, using: &random)
      let target = self.name()
      switch Int.random(in: 0..<20, using: &random) {
      case 0: add(name, .ns, (target.octets, "\(target)"))
      case 1:
        if names[name.lowercased]?.rrsets[.dname] == nil, name != apex {
          add(name, .dname, (target.octets, "\(target)"))
        }
      case 2..<6: add(name, .mx, ([0, number] + target.octets, "\(number) \(target)"))
      case 6..<10:
        add(name, .aaaa, ([UInt8](repeating: 0, count: 15) + [number], "::\(String(number, radix: 16))"))
      case 10..<12: add(name, RRType(rawValue: 1000 + UInt16(number)), ([number], "\\# 1 \(hex(number))"))
      default: add(name, .a, ([192, 0, 2, number], "192.0.2.\(number)"))
      }
    }
  }

  private func hex(_ number: UInt8) -> String { (number < 16 ? "0" : "") + String(number, radix: 16) }

  private mutating func add(_ name: DomainName, _ type: RRType, _ record: ([UInt8], String)) {
    let key = name.lowercased
    let known = names[key]?.rrsets[type] ?? []
    // RDATA that differs by letter case is a duplicate; labels here have letters of one case.
    guard !known.contains(where: { $0.octets == record.0 }) else { return }
    names[key, default: Name(name: name)].rrsets[type, default: []].append(record)
  }

  // From few, so that names meet; some that are as long as can be, or not plain text.
  private mutating func label() -> [UInt8] {
    switch Int.random(in: 0..<12, using: &random) {
    case 0: [UInt8(ascii: "*")]
    case 1: [UInt8](repeating: UInt8(ascii: "x"), count: 63)
    case 2: [0, UInt8(ascii: "."), 0xff]
    case 3: Array("seven77".utf8)
    default: [UInt8.random(in: 0x61...0x66, using: &random)]
    }
  }
}

extension RRType {
  /// As every server can read it.
  fileprivate var mnemonicForTests: String {
    [.a: "A", .aaaa: "AAAA", .ns: "NS", .mx: "MX", .soa: "SOA", .cname: "CNAME", .dname: "DNAME"][self]
      ?? "TYPE\(rawValue)"
  }
}
