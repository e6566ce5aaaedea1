/// A DNS message taken apart.
public struct DecodedMessage {
  public struct Record: Hashable {
    /// In lower case and wire format.
    public var owner: [UInt8]
    public var type: UInt16
    public var rrClass: UInt16
    public var ttl: UInt32
    /// With names in it expanded, and in lower case, for the types that may hold compressed ones.
    public var rdata: [UInt8]
  }

  public let id: UInt16
  public let flags: UInt16
  public let question: (name: [UInt8], type: UInt16, rrClass: UInt16)?
  /// The octets of the question section.
  public let questionOctets: [UInt8]
  public let answer: [Record]
  public let authority: [Record]
  /// Without OPT and TSIG.
  public let additional: [Record]
  public let opt: Record?
  /// Comes last (RFC 8945 §5.1).
  public let tsig: Record?

  public var isResponse: Bool { flags & 0x8000 != 0 }
  public var opcode: UInt16 { flags >> 11 & 15 }
  public var isTruncated: Bool { flags & 0x0200 != 0 }
  /// With the upper bits from the OPT record.
  public var rcode: UInt16 { flags & 15 | UInt16(truncatingIfNeeded: (opt?.ttl ?? 0) >> 24) << 4 }

  init(_ octets: [UInt8]) throws(WireReader.Malformed) {
    var reader = WireReader(octets)
    id = try reader.uint16()
    flags = try reader.uint16()
    let counts = (try reader.uint16(), try reader.uint16(), try reader.uint16(), try reader.uint16())
    guard counts.0 <= 1 else { throw WireReader.Malformed(reason: "\(counts.0) questions") }
    question =
      counts.0 == 1 ? (name: try reader.name(), type: try reader.uint16(), rrClass: try reader.uint16()) : nil
    questionOctets = Array(octets[12..<reader.offset])
    answer = try Self.records(counts.1, &reader)
    authority = try Self.records(counts.2, &reader)
    let last = try Self.records(counts.3, &reader)
    additional = last.filter { $0.type != 41 && $0.type != 250 }
    opt = last.first { $0.type == 41 }
    tsig = last.last.flatMap { $0.type == 250 ? $0 : nil }
    guard last.count - additional.count == (opt == nil ? 0 : 1) + (tsig == nil ? 0 : 1) else {
      throw WireReader.Malformed(reason: "several OPT or TSIG, or TSIG not last")
    }
    guard reader.offset == octets.count else {
      throw WireReader.Malformed(reason: "\(octets.count - reader.offset) octets left over")
    }
  }

  private static func records(
    _ count: UInt16, _ reader: inout WireReader
  ) throws(WireReader.Malformed) -> [Record] {
    var records: [Record] = []
    for _ in 0..<count { records.append(try record(&reader)) }
    return records
  }

  private static func record(_ reader: inout WireReader) throws(WireReader.Malformed) -> Record {
    let owner = try reader.name()
    let type = try reader.uint16()
    let rrClass = try reader.uint16()
    let ttl = try reader.uint32()
    let length = Int(try reader.uint16())
    let start = reader.offset
    try reader.skip(length)
    let end = reader.offset
    reader.offset = start
    let rdata = try rdata(of: type, to: end, &reader)
    guard reader.offset == end else {
      throw WireReader.Malformed(reason: "RDATA of type \(type) from \(start) to \(end)")
    }
    return Record(owner: owner, type: type, rrClass: rrClass, ttl: ttl, rdata: rdata)
  }

  private static func rdata(
    of type: UInt16, to end: Int, _ reader: inout WireReader
  ) throws(WireReader.Malformed) -> [UInt8] {
    var rdata: [UInt8] = []
    switch type {
    case 2, 5, 12:  // NS, CNAME, PTR
      return try reader.name()
    case 39:  // DNAME (RFC 6672 §2.5)
      return try reader.name(mayBeCompressed: false)
    case 6:  // SOA
      rdata = try reader.name() + reader.name()
    case 15:  // MX
      rdata = [try reader.uint8(), try reader.uint8()]
      return rdata + (try reader.name())
    case 33:  // SRV (RFC 2782)
      for _ in 0..<6 { rdata.append(try reader.uint8()) }
      return rdata + (try reader.name(mayBeCompressed: false))
    case 64, 65:  // SVCB and HTTPS (RFC 9460 §2.2)
      rdata = [try reader.uint8(), try reader.uint8()]
      rdata += try reader.name(mayBeCompressed: false)
    case 1 where end - reader.offset != 4, 28 where end - reader.offset != 16:
      throw WireReader.Malformed(reason: "address of \(end - reader.offset) octets")
    default:
      break
    }
    guard reader.offset <= end else { throw WireReader.Malformed(reason: "RDATA beyond \(end)") }
    rdata += reader.octets[reader.offset..<end]
    reader.offset = end
    return rdata
  }
}
