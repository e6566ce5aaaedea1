import DNSWire

extension ZoneFileReader {
  /// Reads one field, or all that is left where the field takes it, and appends it to `data`.
  mutating func readField<Sink: RecordSink & ~Copyable>(
    _ token: ZoneToken, _ kind: FieldKind, _ field: RecordField, from scanner: inout ZoneScanner,
    into sink: inout Sink
  ) throws(ReadingError) {
    switch kind {
    case .name: try readName(token, from: scanner, into: &sink)
    case .ipv4Address: try readIPv4Address(token, from: scanner)
    case .ipv6Address: try readIPv6Address(token, from: scanner)
    case .number8, .number16, .number32: try readNumber(token, kind, field, from: scanner)
    case .period: try readPeriod(token, field, from: scanner)
    case .string: try readString(token, from: scanner)
    case .unboundedString: try appendUnescaped(token, from: scanner)
    case .hexadecimal: try readRest(by: Hexadecimal.self, token, field, from: &scanner)
    case .base64: try readRest(by: Base64.self, token, field, from: &scanner)
    case .base32: try readBase32(token, field, from: scanner)
    case .salt: try readSalt(token, field, from: scanner)
    case .type: try readTypeCode(token, field, from: scanner)
    case .typeBitmap: try readTypeBitmap(token, field, from: &scanner)
    case .prefix: try readPrefix(token, field, from: scanner)
    case .location: try readLocation(token, field, from: &scanner)
    case .parameters: try readParameters(token, field, from: &scanner)
    case .gateway: try readGateway(token, field, from: &scanner, into: &sink)
    case .hostIdentity: try readHostIdentity(token, field, from: &scanner)
    case .algorithm, .certificateType, .certificateUsage, .selector, .matchingType, .tag, .time, .eui48,
      .eui64, .locator, .nsap, .atma, .services:
      try readByLDNS(token, kind, field, from: &scanner)
    case .opaque: throw ReadingError(.onlyGeneric(type: field.type.mnemonic), at: token.place)
    }
  }

  func invalid(
    _ token: ZoneToken, _ kind: FieldKind, _ field: RecordField, in scanner: borrowing ZoneScanner
  ) -> ReadingError {
    ReadingError(
      .field(
        text: excerpt(token, of: scanner), name: name(of: field), type: field.type.mnemonic, kind: kind),
      at: token.place)
  }

  // MARK: The fields of common types

  @inline(__always)
  mutating func readName<Sink: RecordSink & ~Copyable>(
    _ token: ZoneToken, from scanner: borrowing ZoneScanner, into sink: inout Sink
  ) throws(ReadingError) {
    guard !token.isQuoted else { throw ReadingError(.quoted(what: "a domain name"), at: token.place) }
    let text = scanner.octets(of: token)
    if text.count == 1, text[0] == UInt8(ascii: "@") {
      data.append(origin.span)
      return
    }
    do {
      try name.set(text, origin: origin)
    } catch {
      throw ReadingError(.name(text: excerpt(token, of: scanner), error), at: token.place)
    }
    if name.repeats(origin) { warnOfRepetition(name.text, token, to: &sink) }
    data.append(name.span)
  }

  @inline(__always)
  mutating func readIPv4Address(
    _ token: ZoneToken, from scanner: borrowing ZoneScanner
  ) throws(ReadingError) {
    guard let address = AddressText.ipv4(scanner.octets(of: token)) else {
      throw invalid(token, .ipv4Address, RecordField(.a, 0), in: scanner)
    }
    data.append(uint32: address)
  }

  mutating func readIPv6Address(
    _ token: ZoneToken, from scanner: borrowing ZoneScanner
  ) throws(ReadingError) {
    guard let address = AddressText.ipv6(scanner.octets(of: token)) else {
      throw invalid(token, .ipv6Address, RecordField(.aaaa, 0), in: scanner)
    }
    data.append(uint64: address.high)
    data.append(uint64: address.low)
  }

  mutating func readNumber(
    _ token: ZoneToken, _ kind: FieldKind, _ field: RecordField, from scanner: borrowing ZoneScanner
  ) throws(ReadingError) {
    guard let value = UInt32(decimal: scanner.octets(of: token)) else {
      throw invalid(token, kind, field, in: scanner)
    }
    switch kind {
    case .number8 where value <= UInt8.max: data.append(UInt8(value))
    case .number16 where value <= UInt16.max: data.append(uint16: UInt16(value))
    case .number32: data.append(uint32: value)
    default: throw invalid(token, kind, field, in: scanner)
    }
  }

  private mutating func readPeriod(
    _ token: ZoneToken, _ field: RecordField, from scanner: borrowing ZoneScanner
  ) throws(ReadingError) {
    guard case .seconds(let seconds) = Period(scanner.octets(of: token)) else {
      throw invalid(token, .period, field, in: scanner)
    }
    data.append(uint32: seconds)
  }

  /// Appends a character string, its length in front.
  mutating func readString(
    _ token: ZoneToken, from scanner: borrowing ZoneScanner
  ) throws(ReadingError) {
    let start = data.count
    data.append(0)
    try appendUnescaped(token, from: scanner)
    guard let length = UInt8(exactly: data.count - start - 1) else {
      throw ReadingError(.stringTooLong, at: token.place)
    }
    data.replace(at: start, with: length)
  }

  /// Appends the octets that a token stands for.
  mutating func appendUnescaped(
    _ token: ZoneToken, from scanner: borrowing ZoneScanner
  ) throws(ReadingError) {
    guard data.append(unescaping: scanner.octets(of: token)) else {
      throw ReadingError(.malformedEscape, at: token.place)
    }
  }
}
