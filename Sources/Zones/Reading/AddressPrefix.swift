import DNSWire

/// An item of an APL record (RFC 3123 §4).
struct AddressPrefix {
  private let family: UInt16
  private let isNegated: Bool
  private let length: UInt8
  /// The address from its highest bit on; of IPv4 in the upper 32 bits of `high`.
  private let high: UInt64
  private let low: UInt64

  /// Reads `[!]FAMILY:ADDRESS/LENGTH`; nil when the text is no such thing.
  init?(_ text: Span<UInt8>) {
    var start = 0
    isNegated = text.count > 0 && text[0] == UInt8(ascii: "!")
    if isNegated { start = 1 }
    guard text.count > start + 3, text[start + 1] == UInt8(ascii: ":") else { return nil }
    var slash = text.count - 1
    while slash > start + 2, text[slash] != UInt8(ascii: "/") {
      slash -= 1
    }
    let address = text.extracting(start + 2..<slash)
    guard text[slash] == UInt8(ascii: "/"),
      let length = UInt8(decimal: text.extracting(slash + 1..<text.count))
    else { return nil }
    switch text[start] {
    case UInt8(ascii: "1"):
      guard length <= 32, let bits = AddressText.ipv4(address) else { return nil }
      family = 1
      high = UInt64(bits) << 32
      low = 0
    case UInt8(ascii: "2"):
      guard length <= 128, let bits = AddressText.ipv6(address) else { return nil }
      family = 2
      (high, low) = bits
    default:
      return nil
    }
    self.length = length
  }

  /// Appends the wire format, in which trailing zero octets of the address are left out.
  func append(to data: inout RDataBuffer) {
    let zeroBits = low == 0 ? 64 + high.trailingZeroBitCount : low.trailingZeroBitCount
    let octetCount = 16 - zeroBits / 8
    data.append(uint16: family)
    data.append(length)
    data.append(UInt8(octetCount) | (isNegated ? 0x80 : 0))
    for index in 0..<octetCount {
      let half = index < 8 ? high : low
      data.append(UInt8(truncatingIfNeeded: half >> UInt64(56 - index % 8 * 8)))
    }
  }
}
