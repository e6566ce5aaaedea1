import DNSWire

extension ZoneFileReader {
  /// Reads one record or directive.
  mutating func readLine<Sink: RecordSink & ~Copyable>(
    from scanner: inout ZoneScanner, start: ZoneScanner.LineStart, into sink: inout Sink
  ) throws(ReadingError) {
    guard let first = try scanner.next() else { return }
    let text = scanner.octets(of: first)
    if !first.isQuoted, text[0] == UInt8(ascii: "$") {
      guard start == .owner else {
        throw ReadingError(.indentedDirective(text: excerpt(first, of: scanner)), at: first.place)
      }
      try readDirective(first, from: &scanner, into: &sink)
      return
    }
    try readRecord(startingWith: first, at: start, from: &scanner, position: first.place, into: &sink)
  }

  /// Reads a record whose first token is `first`: `[OWNER] [TTL] [CLASS] TYPE RDATA`, TTL and class in
  /// either order.
  @inline(__always)
  mutating func readRecord<Sink: RecordSink & ~Copyable>(
    startingWith first: ZoneToken, at start: ZoneScanner.LineStart, from scanner: inout ZoneScanner,
    position: TextPlace, into sink: inout Sink
  ) throws(ReadingError) {
    var next: ZoneToken? = first
    if start == .owner {
      try readOwner(first, from: scanner, into: &sink)
      next = try scanner.next()
    } else if owner.count == 0, !isOwnerMalformed {
      throw ReadingError(.noOwnerYet, at: first.place)
    }
    var statedTTL: UInt32?
    var hasClass = false
    while let token = next {
      guard !token.isQuoted else { throw ReadingError(.quoted(what: "the type"), at: token.place) }
      let word = scanner.octets(of: token)
      if word[0] &- 0x30 < 10 {
        let ttl = try readTTL(token, from: scanner)
        guard statedTTL == nil else {
          throw ReadingError(.twice(what: "TTL", text: excerpt(token, of: scanner)), at: token.place)
        }
        statedTTL = ttl
      } else if try isClass(token, in: scanner) {
        guard !hasClass else {
          throw ReadingError(.twice(what: "class", text: excerpt(token, of: scanner)), at: token.place)
        }
        hasClass = true
      } else {
        let type = try readType(token, from: scanner)
        data.clear()
        try readData(of: type, from: &scanner, into: &sink)
        if let extra = try scanner.next() {
          throw ReadingError(
            .surplus(text: excerpt(extra, of: scanner), form: formText(of: type)), at: extra.place)
        }
        guard !data.isOverfull else { throw ReadingError(.dataTooLong, at: token.place) }
        if let statedTTL { lastTTL = statedTTL }
        guard !isOwnerMalformed else { return }
        sink.add(
          owner: owner.span, type: type, ttl: statedTTL ?? defaultTTL ?? lastTTL, rdata: data.span,
          at: RecordPosition(
            file: openFiles.last?.index ?? 0, line: UInt32(clamping: position.line),
            column: UInt16(clamping: position.column)))
        return
      }
      next = try scanner.next()
    }
    throw ReadingError(.missingType, at: scanner.place)
  }

  @inline(__always)
  private mutating func readOwner<Sink: RecordSink & ~Copyable>(
    _ token: ZoneToken, from scanner: borrowing ZoneScanner, into sink: inout Sink
  ) throws(ReadingError) {
    guard !token.isQuoted else { throw ReadingError(.quoted(what: "the owner"), at: token.place) }
    let text = scanner.octets(of: token)
    if text.count == 1, text[0] == UInt8(ascii: "@") {
      owner = origin
      isOwnerMalformed = false
      return
    }
    do {
      try owner.set(text, origin: origin)
      isOwnerMalformed = false
    } catch {
      isOwnerMalformed = true
      throw ReadingError(.name(text: excerpt(token, of: scanner), error), at: token.place)
    }
    if owner.repeats(origin) { warnOfRepetition(owner.text, token, to: &sink) }
  }

  /// Says that a final dot may have been forgotten.
  mutating func warnOfRepetition<Sink: RecordSink & ~Copyable>(
    _ name: String, _ token: ZoneToken, to sink: inout Sink
  ) {
    warn("the name becomes \(name); if that is not meant, end it with a dot", at: token.place, to: &sink)
  }

  @inline(__always)
  func readTTL(
    _ token: ZoneToken, from scanner: borrowing ZoneScanner
  ) throws(ReadingError) -> UInt32 {
    let text = scanner.octets(of: token)
    switch Period(text) {
    case .seconds(let seconds) where seconds <= UInt32(Int32.max):
      return seconds
    case .seconds, .tooLarge:
      throw ReadingError(.ttlTooLarge(text: excerpt(token, of: scanner)), at: token.place)
    case nil:
      // The likeliest word with a digit in front here is an address whose type was forgotten.
      if AddressText.ipv4(text) != nil || AddressText.ipv6(text) != nil {
        throw unknownType(token, in: scanner)
      }
      throw ReadingError(.ttl(text: excerpt(token, of: scanner)), at: token.place)
    }
  }

  /// Whether the token is class IN; an error for other classes.
  @inline(__always)
  private func isClass(
    _ token: ZoneToken, in scanner: borrowing ZoneScanner
  ) throws(ReadingError) -> Bool {
    let word = scanner.octets(of: token)
    switch Mnemonic(word) {
    case Mnemonic.in: return true
    case Mnemonic.ch, Mnemonic.hs, Mnemonic.cs:
      throw ReadingError(.otherClass(text: excerpt(token, of: scanner)), at: token.place)
    default:
      guard word.count > 5, let number = RRType.number(after: "CLASS", in: word) else { return false }
      guard number == RRClass.internet.rawValue else {
        throw ReadingError(.otherClass(text: excerpt(token, of: scanner)), at: token.place)
      }
      return true
    }
  }

  @inline(__always)
  private func readType(
    _ token: ZoneToken, from scanner: borrowing ZoneScanner
  ) throws(ReadingError) -> RRType {
    guard let type = RRType(mnemonic: scanner.octets(of: token)) else {
      throw unknownType(token, in: scanner)
    }
    guard !type.isForMessages else {
      throw ReadingError(.typeNotForData(excerpt(token, of: scanner)), at: token.place)
    }
    return type
  }

  private func unknownType(_ token: ZoneToken, in scanner: borrowing ZoneScanner) -> ReadingError {
    let text = excerpt(token, of: scanner)
    let octets = scanner.octets(of: token)
    let suggestion: String? =
      if AddressText.ipv4(octets) != nil {
        "write A before an IPv4 address"
      } else if AddressText.ipv6(octets) != nil {
        "write AAAA before an IPv6 address"
      } else {
        RRType.suggestion(for: text).map { "did you mean \($0)?" }
      }
    return ReadingError(.unknownType(text: text, suggestion: suggestion), at: token.place)
  }
}
