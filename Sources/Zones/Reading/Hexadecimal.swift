/// Decodes base16 (RFC 4648 §8), which may be spread over several words.
struct Hexadecimal {
  private var pending: UInt8?

  /// Whether the digits so far make whole octets.
  var isComplete: Bool { pending == nil }

  static func value(of digit: UInt8) -> UInt8? {
    switch digit {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): digit - UInt8(ascii: "A") + 10
    default: nil
    }
  }

  /// Appends the octets of one word; false when it holds anything but digits.
  mutating func decode(_ word: Span<UInt8>, into data: inout RDataBuffer) -> Bool {
    for index in 0..<word.count {
      guard let value = Self.value(of: word[index]) else { return false }
      if let high = pending {
        data.append(high << 4 | value)
        pending = nil
      } else {
        pending = value
      }
    }
    return true
  }
}
