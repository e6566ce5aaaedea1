/// Splits the text of a zone file into the tokens of records (RFC 1035 §5.1): words, quoted strings,
/// comments, parentheses that hold lines together.
///
/// It neither copies nor allocates. A quote ends a word and begins a string, as in BIND and NSD: `a"b c"` is
/// two strings. Strings may go on over line ends, as in NSD.
struct ZoneScanner: ~Escapable {
  enum LineStart {
    /// The line's first token is at its first column: an owner or a directive.
    case owner
    /// The line begins with space: its record has the owner of the one before.
    case blank
  }

  let text: Span<UInt8>
  private var index = 0
  private var line = 1
  private var lineStart = 0
  private var depth = 0
  private var openParenthesis = TextPlace.start
  /// Where the last string that goes on over a line's end begins, in the record that is being read.
  private(set) var longString: TextPlace?

  @_lifetime(copy text)
  init(_ text: Span<UInt8>) {
    self.text = text
    // A byte order mark, which some editors put before UTF-8.
    if text.count >= 3, text[0] == 0xef, text[1] == 0xbb, text[2] == 0xbf {
      index = 3
      lineStart = 3
    }
  }

  /// Where the next octet to be looked at is.
  var place: TextPlace { TextPlace(line: line, column: index - lineStart + 1) }

  @_lifetime(copy self)
  func octets(of token: ZoneToken) -> Span<UInt8> {
    text.extracting(token.start..<token.end)
  }

  /// The octets of a token, for the few places that keep them.
  func copy(of token: ZoneToken) -> [UInt8] {
    (token.start..<token.end).map { text[$0] }
  }

  /// Goes to the next line that holds a token; nil at the end of the text.
  @_lifetime(self: copy self)
  mutating func nextLine() throws(ReadingError) -> LineStart? {
    longString = nil
    while index < text.count {
      let start = index
      skipSpace()
      guard index < text.count else { return nil }
      switch text[index] {
      case .lineFeed: endLine()
      case .carriageReturn: try skipCarriageReturn()
      case UInt8(ascii: ";"): try skipComment()
      default: return index == start ? .owner : .blank
      }
    }
    return nil
  }

  /// The next token of the record; nil at its end.
  @_lifetime(self: copy self)
  mutating func next() throws(ReadingError) -> ZoneToken? {
    try next(joiningQuotes: false)
  }

  /// The next token, where a word may hold a quoted part, as `alpn="h2,h3"` does (RFC 9460 §2.1).
  @_lifetime(self: copy self)
  mutating func nextParameter() throws(ReadingError) -> ZoneToken? {
    try next(joiningQuotes: true)
  }

  @_lifetime(self: copy self)
  private mutating func next(joiningQuotes: Bool) throws(ReadingError) -> ZoneToken? {
    while index < text.count {
      switch text[index] {
      case .space, .tab:
        index += 1
      case .lineFeed:
        guard depth > 0 else { return nil }
        endLine()
      case .carriageReturn:
        try skipCarriageReturn()
      case UInt8(ascii: ";"):
        try skipComment()
      case UInt8(ascii: "("):
        if depth == 0 { openParenthesis = place }
        depth += 1
        index += 1
      case UInt8(ascii: ")"):
        let here = place
        index += 1
        guard depth > 0 else { throw ReadingError(.strayParenthesis, at: here) }
        depth -= 1
      case UInt8(ascii: "\""):
        return try quotedString()
      default:
        return try word(joiningQuotes: joiningQuotes)
      }
    }
    guard depth == 0 else {
      depth = 0
      throw ReadingError(.unclosedParenthesis, at: openParenthesis)
    }
    return nil
  }

  /// Passes over what is left of a record that an error was found in. What is wrong there is not told,
  /// except for an opening parenthesis or quote without its end, which hides the records after it.
  @_lifetime(self: copy self)
  mutating func skipRecord() -> ReadingError? {
    while true {
      do {
        guard try next() != nil else { return nil }
      } catch {
        switch error.problem {
        case .unclosedParenthesis, .unclosedQuote: return error
        default: continue
        }
      }
    }
  }

  @_lifetime(self: copy self)
  private mutating func word(joiningQuotes: Bool) throws(ReadingError) -> ZoneToken {
    let start = index
    let here = place
    scan: while index < text.count {
      let octet = text[index]
      if octet > UInt8(ascii: ")"), octet != UInt8(ascii: ";"), octet != UInt8(ascii: "\\"), octet != 0x7f {
        index += 1
        continue
      }
      switch octet {
      case .space, .tab, .lineFeed, .carriageReturn,
        UInt8(ascii: ";"), UInt8(ascii: "("), UInt8(ascii: ")"):
        break scan
      case UInt8(ascii: "\""):
        guard joiningQuotes else { break scan }
        index = try quotedString().end + 1
      case UInt8(ascii: "\\"):
        try skipEscape()
      case 0x00...0x1f, 0x7f:
        throw controlCharacter()
      default:
        index += 1
      }
    }
    return ZoneToken(start: start, end: index, place: here, isQuoted: false)
  }

  /// A string from its opening to its closing quote, lines in between included.
  @_lifetime(self: copy self)
  private mutating func quotedString() throws(ReadingError) -> ZoneToken {
    let here = place
    let quote = index
    let quoteLine = line
    let quoteLineStart = lineStart
    index += 1
    while index < text.count {
      let octet = text[index]
      switch octet {
      case UInt8(ascii: "\""):
        index += 1
        if line != quoteLine { longString = here }
        return ZoneToken(start: quote + 1, end: index - 1, place: here, isQuoted: true)
      case UInt8(ascii: "\\"):
        try skipEscape()
      case .lineFeed:
        endLine()
      case .carriageReturn:
        try skipCarriageReturn()
      case .tab:
        index += 1
      case 0x00...0x1f, 0x7f:
        throw controlCharacter()
      default:
        index += 1
      }
    }
    // Most likely the quote was meant to end in its line: what follows is looked at again.
    index = quote
    line = quoteLine
    lineStart = quoteLineStart
    depth = 0
    while index < text.count, text[index] != .lineFeed {
      index += 1
    }
    throw ReadingError(.unclosedQuote, at: here)
  }

  /// Passes over a backslash and the octet after it; digits of `\DDD` are ordinary to the scanner.
  @_lifetime(self: copy self)
  private mutating func skipEscape() throws(ReadingError) {
    let here = place
    index += 1
    guard index < text.count, text[index] != .lineFeed, text[index] != .carriageReturn else {
      throw ReadingError(.escapedLineEnd, at: here)
    }
    guard text[index] >= 0x20, text[index] != 0x7f else { throw controlCharacter() }
    index += 1
  }

  @_lifetime(self: copy self)
  private mutating func skipComment() throws(ReadingError) {
    while index < text.count, text[index] != .lineFeed {
      // Other control characters, such as form feeds, do no harm here; NUL says that this is no text.
      guard text[index] != 0 else { throw controlCharacter() }
      index += 1
    }
  }

  @_lifetime(self: copy self)
  private mutating func skipCarriageReturn() throws(ReadingError) {
    guard index + 1 < text.count, text[index + 1] == .lineFeed else { throw controlCharacter() }
    index += 1
  }

  @_lifetime(self: copy self)
  private mutating func skipSpace() {
    while index < text.count, text[index] == .space || text[index] == .tab {
      index += 1
    }
  }

  @_lifetime(self: copy self)
  private mutating func endLine() {
    index += 1
    line += 1
    lineStart = index
  }

  /// The error for the control character at `index`, which is passed over.
  @_lifetime(self: copy self)
  private mutating func controlCharacter() -> ReadingError {
    let error = ReadingError(.controlCharacter(text[index]), at: place)
    index += 1
    return error
  }
}

extension UInt8 {
  fileprivate static let tab: UInt8 = 0x09
  fileprivate static let lineFeed: UInt8 = 0x0a
  fileprivate static let carriageReturn: UInt8 = 0x0d
  fileprivate static let space: UInt8 = 0x20
}
