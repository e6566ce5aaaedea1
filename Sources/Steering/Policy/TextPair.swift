/// A `key=value` of a TXT record (RFC 6763 §6.3).
struct TextPair: Equatable {
  /// In lower case, as keys are compared (RFC 6763 §6.4); fit to be shown.
  var key: String
  /// As written.
  var value: [UInt8]

  /// The value as text; octets that are no UTF-8 are replaced.
  var text: String { String(decoding: value, as: UTF8.self) }

  /// The value as text; nil where octets are no UTF-8.
  var validText: String? { String(validating: value, as: UTF8.self) }

  /// The pair as a message can show it.
  var shown: String { "\(key)=" + String(shown: value) }

  /// The pairs of a TXT record, and what is wrong with the rest.
  ///
  /// A string holds several pairs when spaces or tabs are between them. Words without `=` belong to the value
  /// before them where that is one of `prose`, the keys whose values may have spaces; the next word that
  /// looks like `key=` begins the next pair all the same.
  static func read(
    _ rdata: [UInt8], prose: Set<String>
  ) -> (pairs: [TextPair], problems: [TextProblem]) {
    var pairs: [TextPair] = []
    var problems: [TextProblem] = []
    var rest = rdata[...]
    if rest.isEmpty { problems.append(.malformed) }
    while let length = rest.popFirst() {
      guard rest.count >= Int(length) else {
        problems.append(.malformed)
        break
      }
      read(string: rest.prefix(Int(length)), prose: prose, &pairs, &problems)
      rest = rest.dropFirst(Int(length))
    }
    return (pairs, problems)
  }

  private static func read(
    string: ArraySlice<UInt8>, prose: Set<String>, _ pairs: inout [TextPair], _ problems: inout [TextProblem]
  ) {
    let words = string.split(whereSeparator: isSpace)
    if words.isEmpty { problems.append(.emptyString) }
    // Where the value of the pair that words may still be added to begins.
    var proseStart: Int?
    // One mistake with spaces makes several words useless; it is reported once.
    var isLost = false
    // Whether the words after a mistake can be what the pair before it lacks: `key= value` and `key=a, b`.
    var canMend = false
    for word in words {
      let equals = word.firstIndex(of: UInt8(ascii: "="))
      let key = word[..<(equals ?? word.startIndex)]
      if let proseStart, !isKeyLike(key) {
        pairs[pairs.count - 1].value = Array(string[proseStart..<word.endIndex])
      } else if let equals, !key.isEmpty {
        let name = String(shown: key).lowercased()
        pairs.append(TextPair(key: name, value: Array(word[(equals + 1)...])))
        proseStart = prose.contains(name) ? equals + 1 : nil
        isLost = false
        canMend = true
      } else {
        if !isLost { problems.append(.notAPair(String(shown: word))) }
        isLost = true
        canMend = canMend && (pairs.last?.value.last ?? comma) == comma
        if canMend { pairs[pairs.count - 1].value += word }
      }
    }
  }

  private static let comma = UInt8(ascii: ",")

  private static func isSpace(_ octet: UInt8) -> Bool {
    octet == UInt8(ascii: " ") || octet == UInt8(ascii: "\t")
  }

  /// Whether the octets are such that only a key would be written so.
  private static func isKeyLike(_ octets: ArraySlice<UInt8>) -> Bool {
    !octets.isEmpty
      && octets.allSatisfy { ($0 | 0x20) &- 0x61 < 26 || $0 &- 0x30 < 10 || $0 == 0x2d || $0 == 0x5f }
  }
}
