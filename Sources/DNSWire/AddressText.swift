/// Addresses in presentation format, as inet_pton takes them.
public enum AddressText {
  /// Four numbers of 0 to 255 without leading zeros.
  @inlinable @inline(__always)
  public static func ipv4(_ text: Span<UInt8>) -> UInt32? {
    guard text.count >= 7, text.count <= 15 else { return nil }
    var address: UInt32 = 0
    var index = 0
    for part in 0..<4 {
      if part > 0 {
        guard index < text.count, text[index] == UInt8(ascii: ".") else { return nil }
        index += 1
      }
      let start = index
      var value: UInt32 = 0
      while index < text.count, text[index] &- 0x30 < 10, index - start < 3 {
        value = value * 10 + UInt32(text[index] & 0x0f)
        index += 1
      }
      guard index > start, value <= 255, index - start == 1 || text[start] != UInt8(ascii: "0") else {
        return nil
      }
      address = address << 8 | value
    }
    return index == text.count ? address : nil
  }

  /// RFC 4291 §2.2: eight groups, `::` for one or more groups of zeros, the last two groups as IPv4.
  public static func ipv6(_ text: Span<UInt8>) -> (high: UInt64, low: UInt64)? {
    guard text.count >= 2, text.count <= 45 else { return nil }
    var groups = InlineArray<8, UInt16>(repeating: 0)
    var count = 0
    var gap: Int?
    var index = 0
    if text[0] == UInt8(ascii: ":") {
      guard text[1] == UInt8(ascii: ":") else { return nil }
      gap = 0
      index = 2
    }
    while index < text.count {
      guard count < 8 else { return nil }
      let start = index
      var value: UInt32 = 0
      while index < text.count, index - start < 5, let digit = HexadecimalDigit.value(of: text[index]) {
        value = value << 4 | UInt32(digit)
        index += 1
      }
      if index < text.count, text[index] == UInt8(ascii: ".") {
        guard count <= 6, let last = ipv4(text.extracting(start..<text.count)) else { return nil }
        groups[count] = UInt16(truncatingIfNeeded: last >> 16)
        groups[count + 1] = UInt16(truncatingIfNeeded: last)
        count += 2
        index = text.count
        break
      }
      guard (1...4).contains(index - start) else { return nil }
      groups[count] = UInt16(value)
      count += 1
      guard index < text.count else { break }
      guard text[index] == UInt8(ascii: ":") else { return nil }
      index += 1
      guard index < text.count else { return nil }
      if text[index] == UInt8(ascii: ":") {
        guard gap == nil else { return nil }
        gap = count
        index += 1
      }
    }
    guard gap == nil ? count == 8 : count < 8 else { return nil }
    return joined(groups, count: count, gap: gap ?? 8)
  }

  /// The groups as two integers, with the zeros that `::` stands for put in at `gap`.
  private static func joined(
    _ groups: InlineArray<8, UInt16>, count: Int, gap: Int
  ) -> (high: UInt64, low: UInt64) {
    var halves: (high: UInt64, low: UInt64) = (0, 0)
    for index in 0..<8 {
      let zeros = 8 - count
      let group: UInt16 =
        if index < gap { groups[index] } else if index < gap + zeros { 0 } else { groups[index - zeros] }
      if index < 4 {
        halves.high = halves.high << 16 | UInt64(group)
      } else {
        halves.low = halves.low << 16 | UInt64(group)
      }
    }
    return halves
  }
}
