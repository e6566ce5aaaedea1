package import DNSWire

extension ZoneFileReader {
  /// The RDATA that a text presents (RFC 1035 §5.1), names in it absolute and uncompressed.
  ///
  /// - Returns: nil: it is not data of `type`.
  package static func rdata(_ text: String, of type: RRType) -> [UInt8]? {
    // A line's end would begin another record.
    guard !text.utf8.contains(where: { $0 == 0x0a || $0 == 0x0d }) else { return nil }
    let record = Array(". 0 IN TYPE\(type.rawValue) \(text)".utf8)
    var reader = ZoneFileReader(apex: .root)
    var scanner = ZoneScanner(record.span)
    var sink = LastRecord()
    do {
      guard let start = try scanner.nextLine() else { return nil }
      try reader.readLine(from: &scanner, start: start, into: &sink)
    } catch {
      return nil
    }
    return sink.rdata
  }

  private struct LastRecord: RecordSink {
    var rdata: [UInt8]?

    mutating func add(
      owner: Span<UInt8>, type: RRType, ttl: UInt32?, rdata: Span<UInt8>, at position: RecordPosition
    ) {
      self.rdata = rdata.indices.map { rdata[$0] }
    }

    func add(_ diagnostic: Diagnostic) {}

    var isFull: Bool { false }
  }
}
