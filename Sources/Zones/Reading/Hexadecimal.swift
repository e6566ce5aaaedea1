import DNSWire

/// Decodes base16 (RFC 4648 §8), which may be spread over several words.
struct Hexadecimal: WordDecoder {
  private var pending: UInt8?

  static var kind: FieldKind { .hexadecimal }

  /// Whether the digits so far make whole octets.
  var isComplete: Bool { pending == nil }

  /// Appends the octets of one word; false when it holds anything but digits.
  mutating func decode(_ word: Span<UInt8>, into data: inout RDataBuffer) -> Bool {
    for index in 0..<word.count {
      guard let value = HexadecimalDigit.value(of: word[index]) else { return false }
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
