internal import Answering
internal import DNSWire

/// The response to a query for an explanation, a TXT record a line.
struct ExplanationResponse: Equatable, Sendable {
  var rcode = Rcode.noError
  /// Explains an error (RFC 8914).
  var extendedError: ExtendedError?
  var lines: [String] = []
  /// Whether they hold for the client of the query alone.
  var isForClient = false

  /// The longest line, in octets: a few character strings. What is longer is cut.
  private static let maximumLine = 4 * maximumString
  private static let maximumString = 255
  /// What a line takes besides its strings: the owner as a pointer to the question, type, class, TTL and length.
  private static let recordHeader: [UInt8] = [0xc0, 12, 0, UInt8(RRType.txt.rawValue), 0, 3, 0, 0, 0, 0]

  /// The message. Over UDP lines that do not fit are left out, all of them, with TC set; over TCP one in the middle says
  /// how many there would be in its place: what is answered is told last.
  func message(
    to query: ExplanationQuery, over transport: TransportKind, settings: AnswerSettings
  ) -> [UInt8] {
    let limit =
      transport == .udp ? min(query.edns?.udpSize ?? 512, Int(settings.udpSize)) : Int(UInt16.max)
    var opt = query.edns.map { self.opt($0, nsid: settings.nsid, settings) } ?? []
    let start = 12 + query.question.count
    // As in other responses, a long identifier gives way to a long name.
    if start + opt.count > limit { opt = query.edns.map { self.opt($0, nsid: [], settings) } ?? [] }
    var records = Self.records(lines)
    var isTruncated = false
    let room = limit - start - opt.count
    if records.reduce(0, { $0 + $1.count }) > room {
      isTruncated = transport == .udp
      records = isTruncated ? [] : Self.shortened(records, to: room)
    }
    // QR; the opcode and RD as asked.
    var flags = 0x8000 | query.flags & 0x7900 | rcode.rawValue & 15
    if rcode == .noError { flags |= 0x0400 }
    if isTruncated { flags |= 0x0200 }
    let header = [query.id, flags, 1, UInt16(records.count), 0, opt.isEmpty ? 0 : 1]
    return header.flatMap(Self.octets) + query.question + records.joined() + opt
  }

  private static func octets(_ value: UInt16) -> [UInt8] {
    [UInt8(value >> 8), UInt8(truncatingIfNeeded: value)]
  }

  /// Lines as records, with numbers in front as the order of records means nothing to DNS: `01`, `02`, ...
  private static func records(_ lines: [String]) -> [[UInt8]] {
    let width = max(2, "\(lines.count)".count)
    return lines.indices.map { record(lines[$0], number: $0 + 1, width: width) }
  }

  private static func record(_ line: String, number: Int, width: Int) -> [UInt8] {
    let digits = "\(number)"
    var text = Array((String(repeating: "0", count: width - digits.count) + digits + " " + line).utf8)
    if text.count > maximumLine { text = text.prefix(maximumLine - 4) + Array(" ...".utf8) }
    let strings = stride(from: 0, to: text.count, by: maximumString).flatMap { start in
      let string = text[start...].prefix(maximumString)
      return [UInt8(string.count)] + string
    }
    return recordHeader + octets(UInt16(strings.count)) + strings
  }

  /// As many records as there is room for, half of it at either end, and one that tells of the others.
  private static func shortened(_ records: [[UInt8]], to room: Int) -> [[UInt8]] {
    func remark(after kept: Int, _ left: Int) -> [UInt8] {
      record(
        "\(left) line\(left == 1 ? "" : "s") left out: see swiftlet explain", number: kept + 1,
        width: max(2, "\(records.count)".count))
    }
    // Where nothing is kept the remark is the longest.
    let room = room - remark(after: 0, records.count).count
    let tail = fitting(records.reversed(), in: room / 2)
    let head = fitting(records.dropLast(tail), in: room - records.suffix(tail).reduce(0) { $0 + $1.count })
    return records.prefix(head) + [remark(after: head, records.count - head - tail)] + records.suffix(tail)
  }

  /// How many of the first records there is room for.
  private static func fitting(_ records: some Sequence<[UInt8]>, in room: Int) -> Int {
    var room = room
    return records.prefix { record in
      room -= record.count
      return room >= 0
    }.count
  }

  /// The OPT record (RFC 6891 §6.1.2), with the options that the query's call for.
  private func opt(_ query: ExplanationQuery.EDNS, nsid: [UInt8], _ settings: AnswerSettings) -> [UInt8] {
    var options: [(EDNSOptionCode, [UInt8])] = []
    if query.wantsNSID, !nsid.isEmpty { options.append((.nsid, nsid)) }
    if let subnet = query.subnet, rcode != .formErr {
      options.append((.clientSubnet, subnet.octets(scope: isForClient ? subnet.length : 0)))
    }
    if let extendedError { options.append((.extendedError, Self.octets(extendedError.rawValue))) }
    let data = options.flatMap { code, data in
      Self.octets(code.rawValue) + Self.octets(UInt16(data.count)) + data
    }
    return [0] + Self.octets(RRType.opt.rawValue) + Self.octets(settings.udpSize)
      + [UInt8(rcode.rawValue >> 4), 0, query.dnssecOK ? 0x80 : 0, 0] + Self.octets(UInt16(data.count)) + data
  }
}
