import DNSWire

extension ZoneFileReader {
  /// Reads what follows the range of a `$GENERATE`, and then the record that it makes of each value.
  mutating func generate<Sink: RecordSink & ~Copyable>(
    range token: ZoneToken, form: String, at place: TextPlace, from scanner: inout ZoneScanner,
    into sink: inout Sink
  ) throws(ReadingError) {
    guard let range = GenerateRange(scanner.octets(of: token)) else {
      throw ReadingError(.generateRange(text: excerpt(token, of: scanner)), at: token.place)
    }
    guard range.count <= Self.generateLimit else {
      throw ReadingError(.generateTooLarge(limit: Self.generateLimit), at: token.place)
    }
    guard let first = try scanner.next() else {
      throw ReadingError(.missingArgument(form: form), at: scanner.place)
    }
    let text = try templateText(startingWith: first, from: &scanner)
    do {
      let template = try GenerateTemplate(text)
      var line: [UInt8] = []
      for value in range.values where !hasGivenUp {
        try template.expand(value, into: &line)
        try readGenerated(line, value, place, first.place, into: &sink)
      }
    } catch let error as GenerateTemplate.TemplateError {
      switch error {
      case .malformedModifier(let text):
        throw ReadingError(.generateModifier(text: text), at: first.place)
      case .negativeValue(let value):
        throw ReadingError(.generateNegative(value: value), at: first.place)
      }
    } catch let error as ReadingError {
      throw error
    } catch {
      return
    }
  }

  /// The tokens of the record with single spaces between. Data in quotes is data with spaces in it, as in
  /// BIND: `MX "10 mail$"`.
  private func templateText(
    startingWith first: ZoneToken, from scanner: inout ZoneScanner
  ) throws(ReadingError) -> [UInt8] {
    var text: [UInt8] = []
    var next: ZoneToken? = first
    while let token = next {
      if !text.isEmpty { text.append(UInt8(ascii: " ")) }
      let octets = scanner.octets(of: token)
      for index in 0..<octets.count {
        text.append(octets[index])
      }
      next = try scanner.next()
    }
    return text
  }

  private mutating func readGenerated<Sink: RecordSink & ~Copyable>(
    _ line: [UInt8], _ value: Int, _ position: TextPlace, _ place: TextPlace, into sink: inout Sink
  ) throws(ReadingError) {
    var scanner = ZoneScanner(line.span)
    do {
      guard let first = try scanner.next() else { return }
      try readRecord(startingWith: first, at: .owner, from: &scanner, position: position, into: &sink)
    } catch {
      throw ReadingError(.generated(value: value, error.problem), at: place)
    }
  }
}
