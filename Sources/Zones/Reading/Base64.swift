/// Decodes base64 (RFC 4648 §4), which may be spread over several words.
struct Base64: WordDecoder {
  private var bits: UInt32 = 0
  /// Characters of the current group of four, those that fill up included.
  private var count = 0
  private var padding = 0

  static var kind: FieldKind { .base64 }

  /// Whether the characters so far make whole groups.
  var isComplete: Bool { count == 0 }

  /// Appends the octets of one word; false when it holds another character or goes on after its end.
  mutating func decode(_ word: Span<UInt8>, into data: inout RDataBuffer) -> Bool {
    for index in 0..<word.count {
      let isPadding = word[index] == UInt8(ascii: "=")
      guard let value = isPadding ? 0 : Self.value(of: word[index]) else { return false }
      if isPadding {
        guard count >= 2 else { return false }
        padding += 1
      } else {
        guard padding == 0 else { return false }
      }
      bits = bits << 6 | UInt32(value)
      count += 1
      if count == 4 {
        guard appendGroup(to: &data) else { return false }
      }
    }
    return true
  }

  /// False when bits that belong to no octet are set.
  private mutating func appendGroup(to data: inout RDataBuffer) -> Bool {
    let group = bits
    count = 0
    bits = 0
    guard group & (1 << (8 * UInt32(padding)) - 1) == 0 else { return false }
    data.append(UInt8(truncatingIfNeeded: group >> 16))
    if padding < 2 { data.append(UInt8(truncatingIfNeeded: group >> 8)) }
    if padding < 1 { data.append(UInt8(truncatingIfNeeded: group)) }
    return true
  }

  private static func value(of character: UInt8) -> UInt8? {
    switch character {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): character - UInt8(ascii: "A")
    case UInt8(ascii: "a")...UInt8(ascii: "z"): character - UInt8(ascii: "a") + 26
    case UInt8(ascii: "0")...UInt8(ascii: "9"): character - UInt8(ascii: "0") + 52
    case UInt8(ascii: "+"): 62
    case UInt8(ascii: "/"): 63
    default: nil
    }
  }
}
