/// Reads a JSON text (RFC 8259), strictly: what senders and readers may take for different things is an error.
///
/// Octets can come from anyone who may connect, so nesting is bounded. All else grows with the text only, whose
/// length is for the caller to bound.
struct JSONReader {
  /// Why octets are no JSON that is taken.
  struct Mistake: Error, Equatable, CustomStringConvertible {
    /// In octets, from 0.
    let offset: Int
    let message: String

    var description: String { "not JSON: \(message) at octet \(offset)" }
  }

  /// How deep arrays and objects may be nested.
  static let depthLimit = 16

  private let octets: [UInt8]
  private var place = 0

  /// Reads `octets`, which hold one value and white space.
  static func read(_ octets: [UInt8]) throws(Mistake) -> JSON {
    var reader = JSONReader(octets: octets)
    let value = try reader.value(depth: 0)
    reader.skipSpace()
    guard reader.place == octets.count else { throw reader.mistake("something after the end") }
    return value
  }

  private init(octets: [UInt8]) { self.octets = octets }

  private func mistake(_ message: String) -> Mistake { Mistake(offset: place, message: message) }

  /// The next octet; nil at the end.
  private var next: UInt8? { place < octets.count ? octets[place] : nil }

  private mutating func skipSpace() {
    while let octet = next, [0x20, 0x09, 0x0a, 0x0d].contains(octet) { place += 1 }
  }

  /// Passes over `octet` where it is next.
  private mutating func take(_ octet: UInt8) -> Bool {
    guard next == octet else { return false }
    place += 1
    return true
  }

  private mutating func value(depth: Int) throws(Mistake) -> JSON {
    skipSpace()
    guard let octet = next else { throw mistake("the end, where a value is needed") }
    switch octet {
    case UInt8(ascii: "{"): return try object(depth: depth)
    case UInt8(ascii: "["): return try array(depth: depth)
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"): return try word("true", .boolean(true))
    case UInt8(ascii: "f"): return try word("false", .boolean(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try number()
    default: throw mistake("no value begins like this")
    }
  }

  private mutating func word(_ word: String, _ value: JSON) throws(Mistake) -> JSON {
    guard octets[place...].starts(with: word.utf8) else { throw mistake("no value begins like this") }
    place += word.utf8.count
    return value
  }

  // MARK: Arrays and objects

  private mutating func array(depth: Int) throws(Mistake) -> JSON {
    try enter(depth)
    var elements: [JSON] = []
    if endsAtOnce(UInt8(ascii: "]")) { return .array(elements) }
    repeat {
      elements.append(try value(depth: depth + 1))
    } while try goesOn(until: UInt8(ascii: "]"))
    return .array(elements)
  }

  private mutating func object(depth: Int) throws(Mistake) -> JSON {
    try enter(depth)
    var members: [(String, JSON)] = []
    var names: Set<String> = []
    if endsAtOnce(UInt8(ascii: "}")) { return .object(members) }
    repeat {
      skipSpace()
      let start = place
      guard next == UInt8(ascii: "\"") else { throw mistake("a name in quotes is needed") }
      let name = try string()
      // RFC 8259 §4: which of them counts differs from reader to reader.
      guard names.insert(name).inserted else { throw Mistake(offset: start, message: "a name a second time") }
      skipSpace()
      guard take(UInt8(ascii: ":")) else { throw mistake("a colon is needed") }
      members.append((name, try value(depth: depth + 1)))
    } while try goesOn(until: UInt8(ascii: "}"))
    return .object(members)
  }

  private mutating func enter(_ depth: Int) throws(Mistake) {
    guard depth < Self.depthLimit else { throw mistake("nested deeper than \(Self.depthLimit)") }
    place += 1
  }

  private mutating func endsAtOnce(_ end: UInt8) -> Bool {
    skipSpace()
    return take(end)
  }

  /// Whether another element follows, in place of the end.
  private mutating func goesOn(until end: UInt8) throws(Mistake) -> Bool {
    skipSpace()
    if take(UInt8(ascii: ",")) { return true }
    guard take(end) else { throw mistake("a comma or the end of the list is needed") }
    return false
  }

  // MARK: Numbers

  private mutating func number() throws(Mistake) -> JSON {
    let start = place
    _ = take(UInt8(ascii: "-"))
    // RFC 8259 §6: no number begins with a zero that says nothing.
    if !take(UInt8(ascii: "0")) { try digits() }
    var isWhole = true
    if take(UInt8(ascii: ".")) {
      isWhole = false
      try digits()
    }
    if take(UInt8(ascii: "e")) || take(UInt8(ascii: "E")) {
      isWhole = false
      _ = take(UInt8(ascii: "+")) || take(UInt8(ascii: "-"))
      try digits()
    }
    let text = String(decoding: octets[start..<place], as: UTF8.self)
    if isWhole, let number = Int(text) { return .number(number) }
    guard let number = Double(text), number.isFinite else {
      throw Mistake(offset: start, message: "a number that is too large")
    }
    return .real(number)
  }

  private mutating func digits() throws(Mistake) {
    let start = place
    while let octet = next, octet &- 0x30 < 10 { place += 1 }
    guard place > start else { throw mistake("a digit is needed") }
  }

  // MARK: Strings

  private mutating func string() throws(Mistake) -> String {
    place += 1
    let start = place
    var text: [UInt8] = []
    while let octet = next, octet != UInt8(ascii: "\"") {
      guard octet >= 0x20 else { throw mistake("a control character in a text, which is written as \\u00..") }
      place += 1
      if octet == UInt8(ascii: "\\") {
        try escape(into: &text)
      } else {
        text.append(octet)
      }
    }
    guard take(UInt8(ascii: "\"")) else { throw mistake("the end, within a text") }
    guard let string = String(validating: text, as: UTF8.self) else {
      throw Mistake(offset: start, message: "a text that is not UTF-8")
    }
    return string
  }

  private mutating func escape(into text: inout [UInt8]) throws(Mistake) {
    guard let octet = next else { throw mistake("the end, within a text") }
    place += 1
    switch octet {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(octet)
    case UInt8(ascii: "b"): text.append(0x08)
    case UInt8(ascii: "f"): text.append(0x0c)
    case UInt8(ascii: "n"): text.append(0x0a)
    case UInt8(ascii: "r"): text.append(0x0d)
    case UInt8(ascii: "t"): text.append(0x09)
    case UInt8(ascii: "u"): text += String(try scalar()).utf8
    default: throw Mistake(offset: place - 2, message: "an escape that there is not")
    }
  }

  /// The character of an escape whose `\u` has been passed; two escapes where it takes two (RFC 8259 §7).
  private mutating func scalar() throws(Mistake) -> Character {
    let start = place - 2
    let first = try codeUnit()
    var units = [first]
    if UTF16.isLeadSurrogate(first), take(UInt8(ascii: "\\")) {
      guard take(UInt8(ascii: "u")) else { throw Mistake(offset: start, message: "half a character") }
      units.append(try codeUnit())
    }
    guard let text = String(validating: units, as: UTF16.self), let character = text.first else {
      throw Mistake(offset: start, message: "half a character")
    }
    return character
  }

  private mutating func codeUnit() throws(Mistake) -> UInt16 {
    var unit: UInt16 = 0
    for _ in 0..<4 {
      guard let digit = next.flatMap({ Character(Unicode.Scalar($0)).hexDigitValue }) else {
        throw mistake("four hexadecimal digits are needed")
      }
      unit = unit << 4 | UInt16(digit)
      place += 1
    }
    return unit
  }
}
