import DNSWire

// Fields that are octets or lists in an encoding of their own.
extension ZoneFileReader {
  /// Reads the rest of the record, all words together.
  mutating func readRest<Decoder: WordDecoder>(
    by type: Decoder.Type, _ token: ZoneToken, _ field: RecordField, from scanner: inout ZoneScanner
  ) throws(ReadingError) {
    var decoder = Decoder()
    var next: ZoneToken? = token
    var last = token
    while let token = next {
      last = token
      guard decoder.decode(scanner.octets(of: token), into: &data) else {
        throw invalid(token, Decoder.kind, field, in: scanner)
      }
      next = try scanner.next()
    }
    guard decoder.isComplete else { throw invalid(last, Decoder.kind, field, in: scanner) }
  }

  /// Base32 with the extended alphabet and without padding (RFC 5155 §3.3), its length in front.
  mutating func readBase32(
    _ token: ZoneToken, _ field: RecordField, from scanner: borrowing ZoneScanner
  ) throws(ReadingError) {
    let text = scanner.octets(of: token)
    let start = data.count
    data.append(0)
    var bits: UInt32 = 0
    var bitCount = 0
    for index in 0..<text.count {
      let character = text[index]
      let value: UInt8
      switch character {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): value = character - UInt8(ascii: "0")
      case UInt8(ascii: "a")...UInt8(ascii: "v"): value = character - UInt8(ascii: "a") + 10
      case UInt8(ascii: "A")...UInt8(ascii: "V"): value = character - UInt8(ascii: "A") + 10
      default: throw invalid(token, .base32, field, in: scanner)
      }
      bits = bits << 5 | UInt32(value)
      bitCount += 5
      if bitCount >= 8 {
        bitCount -= 8
        data.append(UInt8(truncatingIfNeeded: bits >> UInt32(bitCount)))
      }
    }
    // What is left is less than a character, and zeros.
    guard bitCount < 5, bits & (1 << UInt32(bitCount) - 1) == 0,
      let length = UInt8(exactly: data.count - start - 1), length > 0
    else { throw invalid(token, .base32, field, in: scanner) }
    data.replace(at: start, with: length)
  }

  mutating func readSalt(
    _ token: ZoneToken, _ field: RecordField, from scanner: borrowing ZoneScanner
  ) throws(ReadingError) {
    let text = scanner.octets(of: token)
    let start = data.count
    data.append(0)
    if text.count == 1, text[0] == UInt8(ascii: "-") { return }
    var decoder = Hexadecimal()
    guard decoder.decode(text, into: &data), decoder.isComplete,
      let length = UInt8(exactly: data.count - start - 1)
    else { throw invalid(token, .salt, field, in: scanner) }
    data.replace(at: start, with: length)
  }

  mutating func readTypeCode(
    _ token: ZoneToken, _ field: RecordField, from scanner: borrowing ZoneScanner
  ) throws(ReadingError) {
    guard let type = RRType(mnemonic: scanner.octets(of: token)) else {
      throw invalid(token, .type, field, in: scanner)
    }
    data.append(uint16: type.rawValue)
  }

  /// A list of types, as blocks of a window number, a length and a bitmap (RFC 4034 §4.1.2).
  mutating func readTypeBitmap(
    _ token: ZoneToken, _ field: RecordField, from scanner: inout ZoneScanner
  ) throws(ReadingError) {
    var types: Set<UInt16> = []
    var next: ZoneToken? = token
    while let token = next {
      guard let type = RRType(mnemonic: scanner.octets(of: token)) else {
        throw invalid(token, .typeBitmap, field, in: scanner)
      }
      types.insert(type.rawValue)
      next = try scanner.next()
    }
    var windowStart = 0
    var window: UInt16?
    for type in types.sorted() {
      if window != type >> 8 {
        window = type >> 8
        windowStart = data.count
        data.append(UInt8(type >> 8))
        data.append(0)
      }
      let octet = Int(type & 0xff) / 8
      while data.count - windowStart - 2 <= octet {
        data.append(0)
      }
      data.replace(at: windowStart + 1, with: UInt8(octet + 1))
      data.setBits(at: windowStart + 2 + octet, 0x80 >> UInt8(type & 7))
    }
  }

  /// An address prefix, `[!]FAMILY:ADDRESS/LENGTH` (RFC 3123 §5).
  mutating func readPrefix(
    _ token: ZoneToken, _ field: RecordField, from scanner: borrowing ZoneScanner
  ) throws(ReadingError) {
    guard let prefix = AddressPrefix(scanner.octets(of: token)) else {
      throw invalid(token, .prefix, field, in: scanner)
    }
    prefix.append(to: &data)
  }

  mutating func readLocation(
    _ token: ZoneToken, _ field: RecordField, from scanner: inout ZoneScanner
  ) throws(ReadingError) {
    var words: [[UInt8]] = []
    var next: ZoneToken? = token
    while let token = next {
      words.append(scanner.copy(of: token))
      next = try scanner.next()
    }
    guard let location = LocationText(words) else {
      let text = String(excerptOf: Array(words.joined(separator: [UInt8(ascii: " ")])))
      throw ReadingError(
        .field(text: text, name: name(of: field), type: field.type.mnemonic, kind: .location),
        at: token.place)
    }
    location.append(to: &data)
  }

  /// RFC 8005 §6: lengths in front, the tag as one word of hexadecimal, the key as one of base64.
  mutating func readHostIdentity(
    _ token: ZoneToken, _ field: RecordField, from scanner: inout ZoneScanner
  ) throws(ReadingError) {
    let start = data.count
    data.append(0)
    try readNumber(token, .number8, field, from: scanner)
    data.append(uint16: 0)
    let tagField = RecordField(field.type, field.index + 1)
    guard let tag = try scanner.next() else { throw missing(tagField, at: scanner.place) }
    var digits = Hexadecimal()
    guard digits.decode(scanner.octets(of: tag), into: &data), digits.isComplete,
      let tagLength = UInt8(exactly: data.count - start - 4)
    else { throw invalid(tag, .hexadecimal, tagField, in: scanner) }
    data.replace(at: start, with: tagLength)
    let keyField = RecordField(field.type, field.index + 2)
    guard let key = try scanner.next() else { throw missing(keyField, at: scanner.place) }
    let keyStart = data.count
    var characters = Base64()
    guard characters.decode(scanner.octets(of: key), into: &data), characters.isComplete else {
      throw invalid(key, .base64, keyField, in: scanner)
    }
    data.replace(at: start + 2, withUInt16: UInt16(clamping: data.count - keyStart))
  }

  /// RFC 4025 §3.1: precedence, gateway type, algorithm, gateway and key, of which the type says what
  /// the gateway is.
  mutating func readGateway<Sink: RecordSink & ~Copyable>(
    _ token: ZoneToken, _ field: RecordField, from scanner: inout ZoneScanner, into sink: inout Sink
  ) throws(ReadingError) {
    try readNumber(token, .number8, field, from: scanner)
    var tokens: [ZoneToken] = []
    for index in 1...3 {
      guard let token = try scanner.next() else {
        throw missing(RecordField(field.type, index), at: scanner.place)
      }
      tokens.append(token)
      if index < 3 { try readNumber(token, .number8, RecordField(field.type, index), from: scanner) }
    }
    let gateway = tokens[2]
    switch UInt8(decimal: scanner.octets(of: tokens[0])) {
    case 0:
      // No gateway is written as a dot and has no octets.
      let text = scanner.octets(of: gateway)
      guard text.count == 1, text[0] == UInt8(ascii: ".") else {
        throw invalid(gateway, .gateway, RecordField(field.type, 3), in: scanner)
      }
    case 1: try readIPv4Address(gateway, from: scanner)
    case 2: try readIPv6Address(gateway, from: scanner)
    case 3: try readName(gateway, from: scanner, into: &sink)
    default: throw invalid(tokens[0], .gateway, RecordField(field.type, 1), in: scanner)
    }
    // Algorithm 0 says that there is no key.
    if let key = try scanner.next() {
      try readRest(by: Base64.self, key, RecordField(field.type, 4), from: &scanner)
    }
  }

  /// Hands a word, or the rest of the record with its words set apart by single spaces, to ldns.
  mutating func readByLDNS(
    _ token: ZoneToken, _ kind: FieldKind, _ field: RecordField, from scanner: inout ZoneScanner
  ) throws(ReadingError) {
    if readNumberOfMnemonic(scanner.octets(of: token), kind) { return }
    scratch.removeAll(keepingCapacity: true)
    var next: ZoneToken? = token
    while let token = next {
      if !scratch.isEmpty { scratch.append(UInt8(ascii: " ")) }
      scratch += scanner.copy(of: token)
      next = kind.takesRest ? try scanner.next() : nil
    }
    scratch.append(0)
    guard LDNS.convert(scratch, as: kind, into: &data) else {
      let text = String(excerptOf: scratch.dropLast())
      throw ReadingError(
        .field(text: text, name: name(of: field), type: field.type.mnemonic, kind: kind), at: token.place)
    }
  }

  /// Reads a field that has mnemonics as the number that it mostly is; false when it is none.
  private mutating func readNumberOfMnemonic(_ text: Span<UInt8>, _ kind: FieldKind) -> Bool {
    switch kind {
    case .algorithm, .certificateUsage, .selector, .matchingType:
      guard let number = UInt8(decimal: text) else { return false }
      data.append(number)
      return true
    case .certificateType:
      guard let number = UInt16(decimal: text) else { return false }
      data.append(uint16: number)
      return true
    default:
      return false
    }
  }
}
