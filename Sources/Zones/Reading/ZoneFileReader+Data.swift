import DNSWire

extension ZoneFileReader {
  /// Reads the RDATA of a record into `data`.
  ///
  /// The types that large zones are made of are read directly, all others by the fields that `form` lists.
  @inline(__always)
  mutating func readData<Sink: RecordSink & ~Copyable>(
    of type: RRType, from scanner: inout ZoneScanner, into sink: inout Sink
  ) throws(ReadingError) {
    let first = try scanner.next()
    if let first, isGenericMark(first, in: scanner) {
      return try readGenericData(of: type, from: &scanner)
    }
    switch type {
    case .a:
      try readIPv4Address(require(first, .a, 0, scanner), from: scanner)
    case .aaaa:
      try readIPv6Address(require(first, .aaaa, 0, scanner), from: scanner)
    case .ns, .cname, .ptr, .dname:
      try readName(require(first, type, 0, scanner), from: scanner, into: &sink)
    case .mx:
      try readNumber(require(first, .mx, 0, scanner), .number16, RecordField(.mx, 0), from: scanner)
      try readName(require(scanner.next(), .mx, 1, scanner), from: scanner, into: &sink)
    case .txt:
      var next: ZoneToken? = try require(first, .txt, 0, scanner)
      while let token = next {
        try readString(token, from: scanner)
        next = try scanner.next()
      }
    default:
      try readFields(of: type, first: first, from: &scanner, into: &sink)
    }
  }

  @inline(__always)
  private func require(
    _ token: ZoneToken?, _ type: RRType, _ index: Int, _ scanner: borrowing ZoneScanner
  ) throws(ReadingError) -> ZoneToken {
    guard let token else { throw missing(RecordField(type, index), at: scanner.place) }
    return token
  }

  func missing(_ field: RecordField, at place: TextPlace) -> ReadingError {
    ReadingError(.missingField(name: name(of: field), form: formText(of: field.type)), at: place)
  }

  func name(of field: RecordField) -> String {
    forms[field.type, default: RecordForm(of: field.type)].name(at: field.index)
  }

  func formText(of type: RRType) -> String {
    forms[type, default: RecordForm(of: type)].text
  }

  /// Reads the fields that the type's form lists.
  private mutating func readFields<Sink: RecordSink & ~Copyable>(
    of type: RRType, first: ZoneToken?, from scanner: inout ZoneScanner, into sink: inout Sink
  ) throws(ReadingError) {
    let form: RecordForm
    if let known = forms[type] {
      form = known
    } else {
      form = RecordForm(of: type)
      forms[type] = form
    }
    var next = first
    var index = 0
    while index < form.fields.count || form.repeated != nil {
      let kind = form.kind(at: index)
      guard kind != .opaque else {
        throw ReadingError(.onlyGeneric(type: type.mnemonic), at: next?.place ?? scanner.place)
      }
      guard let token = next else {
        guard index >= form.required else { throw missing(RecordField(type, index), at: scanner.place) }
        return
      }
      try readField(token, kind, RecordField(type, index), from: &scanner, into: &sink)
      index += 1
      // After a field that took the rest there is no other.
      guard index < form.fields.count || form.repeated != nil else { return }
      let takesParameters = form.kind(at: index) == .parameters
      next = try takesParameters ? scanner.nextParameter() : scanner.next()
    }
    if let next {
      throw ReadingError(.surplus(text: excerpt(next, of: scanner), form: formText(of: type)), at: next.place)
    }
  }

  // MARK: RFC 3597 §5

  @inline(__always)
  private func isGenericMark(_ token: ZoneToken, in scanner: borrowing ZoneScanner) -> Bool {
    let text = scanner.octets(of: token)
    return text.count == 2 && text[0] == UInt8(ascii: "\\") && text[1] == UInt8(ascii: "#") && !token.isQuoted
  }

  /// Reads what follows `\#`: the length, and octets as hexadecimal.
  private mutating func readGenericData(
    of type: RRType, from scanner: inout ZoneScanner
  ) throws(ReadingError) {
    guard let lengthToken = try scanner.next() else {
      throw ReadingError(.genericLength(text: ""), at: scanner.place)
    }
    guard let length = UInt16(decimal: scanner.octets(of: lengthToken)) else {
      throw ReadingError(
        .genericLength(text: excerpt(lengthToken, of: scanner)), at: lengthToken.place)
    }
    var digits = Hexadecimal()
    var last = lengthToken
    while let token = try scanner.next() {
      last = token
      guard digits.decode(scanner.octets(of: token), into: &data) else {
        throw invalid(token, .hexadecimal, RecordField(type, 0), in: scanner)
      }
    }
    guard digits.isComplete else { throw invalid(last, .hexadecimal, RecordField(type, 0), in: scanner) }
    guard data.count == Int(length) else {
      throw ReadingError(
        .genericMismatch(stated: Int(length), found: data.count), at: lengthToken.place)
    }
    guard LDNS.isWellFormed(data, type: type) else {
      throw ReadingError(.genericMalformed(type: type.mnemonic), at: lengthToken.place)
    }
  }
}
