import DNSWire

extension ZoneFileReader {
  private enum Directive: String, CaseIterable {
    case origin = "$ORIGIN"
    case ttl = "$TTL"
    case include = "$INCLUDE"
    case generate = "$GENERATE"

    var form: String {
      switch self {
      case .origin: "$ORIGIN NAME"
      case .ttl: "$TTL SECONDS"
      case .include: "$INCLUDE FILE [ORIGIN]"
      case .generate: "$GENERATE START-STOP[/STEP] OWNER [TTL] [IN] TYPE DATA"
      }
    }

    /// Directives are recognized in any letter case, as BIND does.
    init?(_ word: Span<UInt8>) {
      for directive in Self.allCases where Self.matches(word, directive.rawValue) {
        self = directive
        return
      }
      return nil
    }

    private static func matches(_ word: Span<UInt8>, _ name: String) -> Bool {
      guard word.count == name.utf8.count else { return false }
      var index = 0
      for octet in name.utf8 {
        let capital = word[index] &- 0x61 < 26 ? word[index] & 0xdf : word[index]
        guard capital == octet else { return false }
        index += 1
      }
      return true
    }
  }

  /// Reads the directive that begins with `first`.
  mutating func readDirective<Sink: RecordSink & ~Copyable>(
    _ first: ZoneToken, from scanner: inout ZoneScanner, into sink: inout Sink
  ) throws(ReadingError) {
    guard let directive = Directive(scanner.octets(of: first)) else {
      throw ReadingError(.unknownDirective(text: excerpt(first, of: scanner)), at: first.place)
    }
    guard let argument = try scanner.next() else {
      throw ReadingError(.missingArgument(form: directive.form), at: scanner.place)
    }
    switch directive {
    case .origin:
      let new = try readOrigin(argument, from: scanner)
      try expectEnd(of: directive, in: &scanner)
      origin = new
    case .ttl:
      let new = try readTTL(argument, from: scanner)
      try expectEnd(of: directive, in: &scanner)
      defaultTTL = new
    case .include:
      var included: NameOctets?
      if let token = try scanner.next() { included = try readOrigin(token, from: scanner) }
      try expectEnd(of: directive, in: &scanner)
      try include(argument, origin: included, from: scanner, into: &sink)
    case .generate:
      try generate(range: argument, form: directive.form, at: first.place, from: &scanner, into: &sink)
    }
  }

  private func expectEnd(
    of directive: Directive, in scanner: inout ZoneScanner
  ) throws(ReadingError) {
    guard let token = try scanner.next() else { return }
    throw ReadingError(
      .surplusArgument(text: excerpt(token, of: scanner), form: directive.form), at: token.place)
  }

  /// The name that a directive gives, relative to the origin so far.
  private func readOrigin(
    _ token: ZoneToken, from scanner: borrowing ZoneScanner
  ) throws(ReadingError) -> NameOctets {
    guard !token.isQuoted else { throw ReadingError(.quoted(what: "an origin"), at: token.place) }
    let text = scanner.octets(of: token)
    if text.count == 1, text[0] == UInt8(ascii: "@") { return origin }
    var new = NameOctets()
    do {
      try new.set(text, origin: origin)
    } catch {
      throw ReadingError(.name(text: excerpt(token, of: scanner), error), at: token.place)
    }
    return new
  }

  /// Reads the records of another file; origin and owner are afterwards as they were (RFC 1035 §5.1).
  private mutating func include<Sink: RecordSink & ~Copyable>(
    _ token: ZoneToken, origin included: NameOctets?, from scanner: borrowing ZoneScanner,
    into sink: inout Sink
  ) throws(ReadingError) {
    let text = scanner.copy(of: token)
    guard !text.isEmpty, !text.contains(where: { $0 < 0x20 }) else {
      throw ReadingError(.includePath(text: String(excerptOf: text)), at: token.place)
    }
    let path = includedPath(text)
    guard openFiles.count <= Self.includeDepthLimit else {
      throw ReadingError(.includeTooDeep(limit: Self.includeDepthLimit), at: token.place)
    }
    guard sources.count < Self.fileLimit else {
      throw ReadingError(.tooManyFiles(limit: Self.fileLimit), at: token.place)
    }
    let contents: FileContents
    do {
      contents = try FileContents(path: path)
      sources.append(ZoneSource(path, contents))
    } catch {
      // Named though it cannot be read: when it can be, the zone is to be read again.
      sources.append(ZoneSource(unreadable: path))
      throw ReadingError(.includeUnreadable(path: path, reason: "\(error)"), at: token.place)
    }
    guard !openFiles.contains(where: { $0.stamp.isOfSameFile(as: contents.stamp) }) else {
      throw ReadingError(.includeLoop(path: path), at: token.place)
    }
    let outer = (origin: origin, owner: owner, isMalformed: isOwnerMalformed)
    if let included { origin = included }
    read(contents, path: path, into: &sink)
    origin = outer.origin
    owner = outer.owner
    isOwnerMalformed = outer.isMalformed
  }

  /// The path of an included file, which is relative to the folder of the file that includes it.
  private func includedPath(_ text: [UInt8]) -> String {
    let path = String(decoding: text, as: UTF8.self)
    guard !path.hasPrefix("/"), let outer = openFiles.last?.path, let slash = outer.lastIndex(of: "/") else {
      return path
    }
    return outer[...slash] + path
  }
}
