internal import DNSWire

/// What a line of a log tells of a response (RFC 1035 §4.1). Of a message that is cut short it is what stands before.
struct ResponseSummary: Equatable {
  /// As asked, in its letter case; nil: the response has no question.
  private(set) var name: DomainName?
  private(set) var type: RRType?
  private(set) var rcode = Rcode.noError
  /// `aa`, `tc` and `rd`, and `do` (RFC 3225) where they are set.
  private(set) var flags: [String] = []
  /// Records of the answer section.
  private(set) var answerCount = 0
  /// The address or the target of its first record of type A, AAAA or CNAME.
  private(set) var answer: String?
  /// The client's network as the query told it, and the scope of the response, as in `198.51.100.0/24/20`.
  private(set) var subnet: String?

  init(_ octets: [UInt8]) {
    var reader = MessageReader(octets)
    try? read(&reader)
  }

  private mutating func read(_ reader: inout MessageReader) throws(MessageReader.Malformed) {
    _ = try reader.uint16()
    let bits = try reader.uint16()
    rcode = Rcode(rawValue: bits & 15)
    flags = [("aa", 0x0400), ("tc", 0x0200), ("rd", 0x0100)].compactMap { bits & $0.1 != 0 ? $0.0 : nil }
    let questions = try reader.uint16()
    answerCount = Int(try reader.uint16())
    let others = Int(try reader.uint16()) + Int(try reader.uint16())
    if questions == 1 {
      name = try reader.name()
      type = RRType(rawValue: try reader.uint16())
      _ = try reader.uint16()
    }
    for index in 0..<answerCount + others { try readRecord(&reader, isAnswer: index < answerCount) }
  }

  private mutating func readRecord(
    _ reader: inout MessageReader, isAnswer: Bool
  ) throws(MessageReader.Malformed) {
    try reader.skipName()
    let type = RRType(rawValue: try reader.uint16())
    _ = try reader.uint16()
    let ttl = try reader.uint32()
    let data = try reader.take(Int(try reader.uint16()))
    if isAnswer, answer == nil { answer = Self.text(of: data, type) }
    if type == .opt { try readOPT(ttl: ttl, data) }
  }

  // CNAME targets are not compressed in the responses of this server.
  private static func text(of data: ArraySlice<UInt8>, _ type: RRType) -> String? {
    switch type {
    case .a, .aaaa: IPAddress(octets: data)?.description
    case .cname: DomainName(wire: Array(data))?.description
    default: nil
    }
  }

  // RFC 6891 §6.1.3, RFC 7871 §6.
  private mutating func readOPT(ttl: UInt32, _ data: ArraySlice<UInt8>) throws(MessageReader.Malformed) {
    rcode = Rcode(rawValue: UInt16(ttl >> 24) << 4 | rcode.rawValue)
    if ttl & 0x8000 != 0 { flags.append("do") }
    var options = MessageReader(data)
    while !options.isAtEnd {
      let code = EDNSOptionCode(rawValue: try options.uint16())
      var option = Array(try options.take(Int(try options.uint16())))
      guard code == .clientSubnet, option.count >= 4 else { continue }
      let scope = option[3]
      option[3] = 0
      guard let told = ClientSubnet(option.span.octets, from: 0, to: option.count) else { continue }
      subnet = "\(told.address)/\(told.length)/\(scope)"
    }
  }
}
