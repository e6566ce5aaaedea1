import DNSWire

/// A DNS message taken apart for tests, independent of the code under test but for names' text.
public struct Message: Sendable {
  public var id: UInt16 = 0
  public var flags: UInt16 = 0
  public var rcode: UInt16 = 0
  public var questionCount = 0
  public var question = ""
  public var answer: [String] = []
  public var authority: [String] = []
  public var additional: [String] = []
  /// Version, flags and options in hexadecimal; nil without an OPT record.
  public var edns: EDNS?

  public struct EDNS: Equatable, Sendable {
    public var udpSize: UInt16
    public var version: UInt8
    public var dnssecOK: Bool
    public var options: [UInt16: [UInt8]]

    public init(udpSize: UInt16, version: UInt8, dnssecOK: Bool, options: [UInt16: [UInt8]]) {
      self.udpSize = udpSize
      self.version = version
      self.dnssecOK = dnssecOK
      self.options = options
    }
  }

  public struct Malformed: Error {}

  /// Such as "NOERROR aa rd".
  public var header: String {
    let names = ["NOERROR", "FORMERR", "SERVFAIL", "NXDOMAIN", "NOTIMP", "REFUSED", "YXDOMAIN"]
    var words = [Int(rcode) < names.count ? names[Int(rcode)] : "RCODE\(rcode)"]
    for (bit, name) in [
      (0x0400, "aa"), (0x0200, "tc"), (0x0100, "rd"), (0x80, "ra"), (0x20, "ad"), (0x10, "cd"),
    ]
    where Int(flags) & bit != 0 {
      words.append(name)
    }
    return words.joined(separator: " ")
  }

  public init(_ octets: [UInt8]) throws {
    var reader = Reader(octets: octets)
    id = try reader.uint16()
    flags = try reader.uint16()
    guard flags & 0x8000 != 0 else { throw Malformed() }
    rcode = flags & 15
    questionCount = Int(try reader.uint16())
    let counts = (try reader.uint16(), try reader.uint16(), try reader.uint16())
    for _ in 0..<questionCount {
      question = "\(try reader.name()) \(try reader.uint16()) \(try reader.uint16())"
    }
    for _ in 0..<counts.0 { answer.append(try reader.record().text) }
    for _ in 0..<counts.1 { authority.append(try reader.record().text) }
    for _ in 0..<counts.2 {
      let record = try reader.record()
      guard record.type == 41 else {
        additional.append(record.text)
        continue
      }
      guard edns == nil else { throw Malformed() }
      rcode |= UInt16(record.ttl >> 24) << 4
      edns = EDNS(
        udpSize: record.rrClass, version: UInt8(record.ttl >> 16 & 0xff), dnssecOK: record.ttl & 0x8000 != 0,
        options: try record.options())
    }
    guard reader.isAtEnd else { throw Malformed() }
  }
}

extension Message {
  /// One record, with its RDATA as text where it holds names or addresses and in hexadecimal elsewhere.
  struct Record {
    var owner: DomainName
    var type: UInt16
    var rrClass: UInt16
    var ttl: UInt32
    var rdata: String
    var octets: [UInt8]

    var text: String {
      let names: [UInt16: String] = [
        1: "A", 2: "NS", 5: "CNAME", 6: "SOA", 12: "PTR", 15: "MX", 16: "TXT", 28: "AAAA", 33: "SRV",
        39: "DNAME",
        43: "DS", 64: "SVCB", 65: "HTTPS",
      ]
      let kind = rrClass == 3 ? "CH \(names[type] ?? "TYPE\(type)")" : names[type] ?? "TYPE\(type)"
      return "\(owner) \(ttl) \(kind) \(rdata)"
    }

    func options() throws -> [UInt16: [UInt8]] {
      var reader = Reader(octets: octets)
      var options: [UInt16: [UInt8]] = [:]
      while !reader.isAtEnd {
        let code = try reader.uint16()
        options[code] = try reader.take(Int(try reader.uint16()))
      }
      return options
    }
  }

  struct Reader {
    let octets: [UInt8]
    var offset = 0

    init(octets: [UInt8]) { self.octets = octets }

    var isAtEnd: Bool { offset == octets.count }

    mutating func take(_ count: Int) throws -> [UInt8] {
      guard offset + count <= octets.count else { throw Malformed() }
      defer { offset += count }
      return Array(octets[offset..<offset + count])
    }

    mutating func uint16() throws -> UInt16 {
      try take(2).reduce(0) { $0 << 8 | UInt16($1) }
    }

    mutating func uint32() throws -> UInt32 {
      try take(4).reduce(0) { $0 << 8 | UInt32($1) }
    }

    /// A name, its pointers followed; they must lead backwards (RFC 1035 §4.1.4).
    mutating func name() throws -> DomainName {
      var wire: [UInt8] = []
      var position = offset
      var end: Int?
      var barrier = offset
      while true {
        guard position < octets.count else { throw Malformed() }
        let size = Int(octets[position])
        if size >= 0xc0 {
          guard position + 1 < octets.count else { throw Malformed() }
          let target = (size & 0x3f) << 8 | Int(octets[position + 1])
          guard target < barrier else { throw Malformed() }
          end = end ?? position + 2
          position = target
          barrier = target
          continue
        }
        guard size < 64, position + size < octets.count else { throw Malformed() }
        wire += octets[position...position + size]
        position += size + 1
        if size == 0 { break }
      }
      guard wire.count <= 255 else { throw Malformed() }
      offset = end ?? position
      return DomainName(wellFormed: wire)
    }

    mutating func record() throws -> Record {
      let owner = try name()
      let type = try uint16()
      let rrClass = try uint16()
      let ttl = try uint32()
      let length = Int(try uint16())
      let start = offset
      guard start + length <= octets.count else { throw Malformed() }
      let raw = Array(octets[start..<start + length])
      var text: String
      switch type {
      case 1 where length == 4:
        text = raw.map(String.init).joined(separator: ".")
      case 2, 5, 12, 39:
        text = "\(try name())"
      case 15:
        text = "\(try uint16()) \(try name())"
      case 6:
        text = "\(try name()) \(try name())"
        for _ in 0..<5 { text += " \(try uint32())" }
      case 16:
        text = ""
        var strings = Reader(octets: raw)
        while !strings.isAtEnd {
          let size = Int(try strings.take(1)[0])
          text += (text.isEmpty ? "" : " ") + "\"\(String(decoding: try strings.take(size), as: UTF8.self))\""
        }
      default:
        text = raw.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
      }
      if [2, 5, 12, 39, 15, 6].contains(type) {
        guard offset == start + length else { throw Malformed() }
      }
      offset = start + length
      return Record(owner: owner, type: type, rrClass: rrClass, ttl: ttl, rdata: text, octets: raw)
    }
  }
}
