internal import DNSWire

/// Any text as one word of a line: what is no visible ASCII character, and the backslash, as `\DDD`.
enum EscapedText {
  static func word(_ text: some Sequence<UInt8>) -> String {
    var word: [UInt8] = []
    for octet in text {
      if (0x21...0x7e).contains(octet), octet != UInt8(ascii: "\\") {
        word.append(octet)
      } else {
        word += [UInt8(ascii: "\\"), 0x30 + octet / 100, 0x30 + octet / 10 % 10, 0x30 + octet % 10]
      }
    }
    return String(decoding: word, as: UTF8.self)
  }

  static func word(_ text: String) -> String { word(text.utf8) }

  /// The text of a word; nil where an escape is malformed.
  static func text(_ word: Substring) -> String? {
    let octets = Array(word.utf8)
    var text: [UInt8] = []
    var index = 0
    while index < octets.count {
      guard octets[index] == UInt8(ascii: "\\") else {
        text.append(octets[index])
        index += 1
        continue
      }
      guard let escape = Escape.read(octets.span, at: index) else { return nil }
      text.append(escape.octet)
      index += escape.length
    }
    return String(decoding: text, as: UTF8.self)
  }
}
