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
    var line: [UInt8] = []
    do throws(ReadingProblem) {
      let template = try GenerateTemplate(text)
      for value in range.values where !hasGivenUp && !sink.isFull {
        try template.expand(value, into: &line)
        try readGenerated(line, value, at: place, into: &sink)
      }
    } catch {
      throw ReadingError(error, at: first.place)
    }
  }

  /// The tokens of the record with single spaces between. As in BIND, data in quotes is data with spaces in
  /// it, such as `MX "10 mail$"`.
  private func templateText(
    startingWith first: ZoneToken, from scanner: inout ZoneScanner
  ) throws(ReadingError) -> [UInt8] {
    var text: [UInt8] = []
    var next: ZoneToken? = first
    while let token = next {
      if !text.isEmpty { text.append(UInt8(ascii: " ")) }
      for octet in scanner.copy(of: token) {
        // Within quotes \" is the quote itself: `TXT "\"host $\""` makes one quoted string.
        if token.isQuoted, octet == UInt8(ascii: "\""), text.last == UInt8(ascii: "\\") { text.removeLast() }
        text.append(octet)
      }
      next = try scanner.next()
    }
    return text
  }

  private mutating func readGenerated<Sink: RecordSink & ~Copyable>(
    _ line: [UInt8], _ value: Int, at place: TextPlace, into sink: inout Sink
  ) throws(ReadingProblem) {
    var scanner = ZoneScanner(line.span)
    do {
      guard let first = try scanner.next() else { return }
      try readRecord(startingWith: first, at: .owner, from: &scanner, position: place, into: &sink)
    } catch {
      throw .generated(value: value, error.problem)
    }
  }
}
