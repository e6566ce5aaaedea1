import DNSWire

/// Reads a DNS message from its front to its end (RFC 1035 §4.1). What comes back nil is cut short or malformed.
struct DNSMessageReader {
  private let octets: [UInt8]
  private(set) var offset = 0

  init(_ octets: [UInt8]) {
    self.octets = octets
  }

  mutating func uint16() -> UInt16? {
    take(2).map { UInt16($0[$0.startIndex]) << 8 | UInt16($0[$0.startIndex + 1]) }
  }

  mutating func take(_ count: Int) -> ArraySlice<UInt8>? {
    guard octets.count - offset >= count else { return nil }
    defer { offset += count }
    return octets[offset..<offset + count]
  }

  /// A name, pointers in it followed, which lead backwards only (RFC 1035 §4.1.4); in lower case.
  mutating func name() -> [UInt8]? {
    var name: [UInt8] = []
    var place = offset
    var limit = offset
    var end: Int?
    while place < octets.count {
      let size = Int(octets[place])
      switch size {
      case 0:
        offset = end ?? place + 1
        return DomainName(wellFormed: name + [0]).lowercased.octets
      case 1...DomainName.maximumLabelLength:
        guard place + size < octets.count, name.count + size + 2 <= DomainName.maximumLength else {
          return nil
        }
        name += octets[place...place + size]
        place += size + 1
      case 0xc0...:
        guard place + 1 < octets.count else { return nil }
        let target = (size & 0x3f) << 8 | Int(octets[place + 1])
        guard target < limit else { return nil }
        end = end ?? place + 2
        place = target
        limit = target
      default: return nil
      }
    }
    return nil
  }

  /// The data of a record, `count` octets, in a form to compare by: names uncompressed and in lower case.
  mutating func data(of type: RRType, count: Int) -> [UInt8]? {
    guard octets.count - offset >= count else { return nil }
    let end = offset + count
    let (before, names) = Self.names(in: type)
    guard before <= count, var data = take(before).map(Array.init) else { return nil }
    for _ in 0..<names {
      guard let name = name() else { return nil }
      data += name
    }
    guard offset <= end, let rest = take(end - offset) else { return nil }
    return data + rest
  }

  /// How many octets precede the names in the data of a type, and how many names there are: in types whose names
  /// may come compressed (RFC 3597 §4).
  private static func names(in type: RRType) -> (before: Int, count: Int) {
    switch type.rawValue {
    // NS, MD, MF, CNAME, MB, MG, MR, PTR, DNAME
    case 2, 3, 4, 5, 7, 8, 9, 12, 39: (0, 1)
    // SOA, MINFO, RP
    case 6, 14, 17: (0, 2)
    // MX, AFSDB, RT, KX
    case 15, 18, 21, 36: (2, 1)
    // PX
    case 26: (2, 2)
    // SRV
    case 33: (6, 1)
    default: (0, 0)
    }
  }
}
