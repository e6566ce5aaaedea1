import DNSWire
import TestSupport

@testable import Zones

/// Random records, and random ways to write them in a zone file.
struct RandomZone {
  struct Record {
    let owner: DomainName
    let ttl: UInt32
    let type: String
    /// Words of the data as they are written; names in them are absolute.
    let words: [String]
    let octets: [UInt8]
  }

  private var random: SplitMix64
  private let apex: DomainName

  init(seed: UInt64, apex: DomainName) {
    random = SplitMix64(seed: seed)
    self.apex = apex
  }

  mutating func records(_ count: Int) -> [Record] {
    (0..<count).map { _ in record() }
  }

  private mutating func record() -> Record {
    let owner = name()
    let ttl = UInt32.random(in: 0...UInt32(Int32.max), using: &random)
    func make(_ type: String, _ words: [String], _ octets: [UInt8]) -> Record {
      Record(owner: owner, ttl: ttl, type: type, words: words, octets: octets)
    }
    switch Int.random(in: 0..<6, using: &random) {
    case 0:
      let octets = bytes(4...4)
      return make("A", [octets.map(String.init).joined(separator: ".")], octets)
    case 1:
      let octets = bytes(16...16)
      let groups = stride(from: 0, to: 16, by: 2).map {
        String(Int(octets[$0]) << 8 | Int(octets[$0 + 1]), radix: 16)
      }
      return make("AAAA", [groups.joined(separator: ":")], octets)
    case 2:
      let target = name()
      let preference = bytes(2...2)
      return make(
        "MX", ["\(Int(preference[0]) << 8 | Int(preference[1]))", target.description],
        preference + target.octets)
    case 3:
      let strings = (0..<Int.random(in: 1...4, using: &random)).map { _ in bytes(0...20) }
      return make(
        "TXT", strings.map { quoted($0) }, strings.flatMap { [UInt8($0.count)] + $0 })
    case 4:
      let target = name()
      return make("NS", [target.description], target.octets)
    default:
      let octets = bytes(0...30)
      // RFC 3597: hexadecimal in words of any length.
      let digits = hexadecimal(octets)
      return make("TYPE65280", ["\\#", "\(octets.count)"] + (digits.isEmpty ? [] : [digits]), octets)
    }
  }

  private mutating func bytes(_ count: ClosedRange<Int>) -> [UInt8] {
    (0..<Int.random(in: count, using: &random)).map { _ in UInt8.random(in: 0...255, using: &random) }
  }

  private mutating func name() -> DomainName {
    var name = apex
    for _ in 0..<Int.random(in: 0...3, using: &random) {
      // Mostly plain labels, sometimes any octets at all.
      let label =
        Int.random(in: 0..<5, using: &random) == 0
        ? bytes(1...5) : Array("label\(Int.random(in: 0..<50, using: &random))".utf8)
      name = name.prepending(label) ?? name
    }
    return name
  }

  private mutating func quoted(_ octets: [UInt8]) -> String {
    "\""
      + octets.map { octet in
        switch octet {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"): "\\\(Unicode.Scalar(octet))"
        case 0x20...0x7e where Bool.random(using: &random): "\(Unicode.Scalar(octet))"
        default: "\\" + String(1000 + Int(octet)).dropFirst()
        }
      }.joined() + "\""
  }

  // MARK: Layout

  /// The text of a zone file with the records, in a layout that differs from record to record. Where
  /// `other` servers are to read it, too, what only some of them take is left out.
  mutating func text(of records: [Record], forOthers: Bool = false) -> String {
    var text = ""
    var origin = apex
    var lastOwner: DomainName?
    let newline = !forOthers && Bool.random(using: &random) ? "\r\n" : "\n"
    for record in records {
      while Int.random(in: 0..<3, using: &random) == 0 {
        text += ["", "; a comment ( \" $", "   \t", "\t; another"].randomElement(using: &random) ?? ""
        text += newline
      }
      if Int.random(in: 0..<8, using: &random) == 0 {
        origin = name()
        text += "\(anyCase("$ORIGIN", forOthers)) \(origin)\(newline)"
      }
      var fields = ["\(record.ttl)", anyCase("IN", false)]
      if Bool.random(using: &random) { fields.swapAt(0, 1) }
      if Bool.random(using: &random) { fields.removeAll { $0.uppercased() == "IN" } }
      fields.append(anyCase(record.type, false))
      let owner =
        record.owner == lastOwner && Bool.random(using: &random) ? "" : written(record.owner, origin)
      lastOwner = record.owner
      text += laidOut(owner, fields, record.words, newline) + newline
    }
    return text
  }

  private mutating func anyCase(_ word: String, _ keep: Bool) -> String {
    keep || Bool.random(using: &random) ? word : word.lowercased()
  }

  /// A name as absolute, or relative where it is below the origin.
  private mutating func written(_ name: DomainName, _ origin: DomainName) -> String {
    let text = name.description
    let suffix = "." + origin.description
    guard Bool.random(using: &random), !origin.isRoot else { return text }
    if name == origin { return "@" }
    guard text.hasSuffix(suffix), name.octets.count > origin.octets.count,
      Array(name.octets.suffix(origin.octets.count)) == origin.octets, name.isSubdomain(of: origin)
    else { return text }
    return String(text.dropLast(suffix.count))
  }

  private mutating func laidOut(
    _ owner: String, _ fields: [String], _ words: [String], _ newline: String
  ) -> String {
    var text = owner + space()
    text += fields.joined(separator: " \t ")
    guard Bool.random(using: &random) else {
      return text + space() + words.joined(separator: space())
    }
    text += " ( ; open\(newline)"
    for word in words {
      text +=
        [" ", "\t\t", newline, "\(newline) ; between ) \(newline)"].randomElement(using: &random) ?? " "
      text += word
    }
    return text + "\(newline) )" + (Bool.random(using: &random) ? " ; end" : "")
  }

  private mutating func space() -> String {
    [" ", "\t", "    ", " \t "].randomElement(using: &random) ?? " "
  }
}
