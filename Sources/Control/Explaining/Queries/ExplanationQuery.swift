internal import DNSWire

/// A query for an explanation, taken apart (RFC 1035 §4.1, RFC 6891 §6.1).
struct ExplanationQuery: Equatable, Sendable {
  /// What the response depends on of an OPT record.
  struct EDNS: Equatable, Sendable {
    /// The requestor's UDP payload size, in octets; at least 512.
    var udpSize: Int
    var dnssecOK: Bool
    var wantsNSID = false
    var subnet: ClientSubnet?
  }

  let id: UInt16
  /// The second 16 bits of the header.
  let flags: UInt16
  /// In its letter case.
  let name: DomainName
  /// Name, type and class as asked.
  let question: [UInt8]
  /// Nil: there is no OPT record.
  private(set) var edns: EDNS?
  /// Whether what follows the question is wrong, so that the response is FORMERR.
  private(set) var isMalformed = false

  /// - Parameter heedsSubnet: whether the client's subnet is used where it is told.
  /// - Throws: when header or question are not well-formed; such a query is for the data plane to refuse.
  init(_ octets: [UInt8], heedsSubnet: Bool) throws(MessageReader.Malformed) {
    var reader = MessageReader(octets)
    id = try reader.uint16()
    flags = try reader.uint16()
    let counts = (try reader.uint16(), try reader.uint32(), try reader.uint16())
    guard flags & 0x8000 == 0, counts.0 == 1, counts.1 == 0 else { throw MessageReader.Malformed() }
    name = try reader.name()
    question = name.octets + (try reader.take(4))
    do {
      for _ in 0..<counts.2 { try readRecord(&reader, heedsSubnet) }
      isMalformed = !reader.isAtEnd
    } catch {
      isMalformed = true
    }
  }

  private mutating func readRecord(
    _ reader: inout MessageReader, _ heedsSubnet: Bool
  ) throws(MessageReader.Malformed) {
    try reader.skipName()
    let type = RRType(rawValue: try reader.uint16())
    let rrClass = try reader.uint16()
    let ttl = try reader.uint32()
    let data = try reader.take(Int(try reader.uint16()))
    guard type == .opt else { return }
    guard edns == nil else { throw MessageReader.Malformed() }
    edns = EDNS(udpSize: max(512, Int(rrClass)), dnssecOK: ttl & 0x8000 != 0)
    var options = MessageReader(data)
    while !options.isAtEnd {
      let code = EDNSOptionCode(rawValue: try options.uint16())
      let option = try options.take(Int(try options.uint16()))
      switch code {
      case .nsid: edns?.wantsNSID = true
      case .clientSubnet where heedsSubnet:
        let octets = Array(option)
        guard edns?.subnet == nil,
          let subnet = ClientSubnet(octets.span.octets, from: 0, to: octets.count)
        else { throw MessageReader.Malformed() }
        edns?.subnet = subnet
      default: break
      }
    }
  }
}
