extension IPAddress: CustomStringConvertible {
  /// Reads the text form of an IPv4 address (four decimal octets without leading zeros) or of an IPv6
  /// address (RFC 4291 §2.2, without a zone).
  ///
  /// - Returns: nil when `text` is neither.
  public init?(_ text: some StringProtocol) {
    var text = text.utf8[...]
    let isV6 = text.contains(UInt8(ascii: ":"))
    guard let address = isV6 ? Self.takeV6(&text) : Self.takeV4(&text).map(IPAddress.init(v4:)), text.isEmpty
    else { return nil }
    self = address
  }

  /// The address as text: IPv4 as four decimal octets, IPv6 in the canonical form (RFC 5952).
  public var description: String {
    switch family {
    case .v4:
      return (0..<4).map { "\(low >> (24 - 8 * UInt64($0)) & 0xff)" }.joined(separator: ".")
    case .v6:
      let groups = (0..<8).map { index in
        UInt16(truncatingIfNeeded: (index < 4 ? high : low) >> UInt64(48 - 16 * (index & 3)))
      }
      let hex = groups.map { String($0, radix: 16) }
      guard let zeros = Self.longestZeros(groups) else { return hex.joined(separator: ":") }
      let before = hex[..<zeros.lowerBound].joined(separator: ":")
      return before + "::" + hex[zeros.upperBound...].joined(separator: ":")
    }
  }

  /// The first of the longest runs of at least two zero groups (RFC 5952 §4.2).
  private static func longestZeros(_ groups: [UInt16]) -> Range<Int>? {
    var longest: Range<Int>?
    var start = 0
    for end in 1...groups.count where end == groups.count || groups[end] != 0 || groups[end - 1] != 0 {
      if groups[start] == 0, end - start > max(1, longest?.count ?? 0) { longest = start..<end }
      start = end
    }
    return longest
  }

  /// Takes four decimal octets from the start of `text`.
  private static func takeV4<Text: Collection<UInt8>>(_ text: inout Text) -> UInt32?
  where Text.SubSequence == Text {
    var bits: UInt32 = 0
    for index in 0..<4 {
      if index > 0, text.popFirst() != UInt8(ascii: ".") { return nil }
      var octet: UInt32 = 0
      var digits = 0
      while let digit = text.first, digit >= UInt8(ascii: "0"), digit <= UInt8(ascii: "9") {
        // A leading zero is refused, as some read what follows as octal.
        if digits == 3 || (digits == 1 && octet == 0) { return nil }
        octet = octet * 10 + UInt32(digit - UInt8(ascii: "0"))
        digits += 1
        text.removeFirst()
      }
      if digits == 0 || octet > 255 { return nil }
      bits = bits << 8 | octet
    }
    return bits
  }

  /// Takes an IPv6 address from the start of `text`.
  private static func takeV6<Text: Collection<UInt8>>(_ text: inout Text) -> IPAddress?
  where Text.SubSequence == Text {
    let colon = UInt8(ascii: ":")
    var groups: [UInt16] = []
    var gap: Int?
    if text.first == colon {
      text.removeFirst()
      guard text.popFirst() == colon else { return nil }
      gap = 0
    }
    while groups.count < 8, let first = text.first, hexValue(first) != nil {
      // The last four octets may be written as an IPv4 address.
      var dotted = text
      if groups.count <= 6, let bits = takeV4(&dotted) {
        groups += [UInt16(truncatingIfNeeded: bits >> 16), UInt16(truncatingIfNeeded: bits)]
        text = dotted
        break
      }
      var group: UInt16 = 0
      var digits = 0
      while let digit = text.first.flatMap(hexValue) {
        if digits == 4 { return nil }
        group = group << 4 | digit
        digits += 1
        text.removeFirst()
      }
      groups.append(group)
      guard text.first == colon else { break }
      text.removeFirst()
      if text.first == colon {
        if gap != nil { return nil }
        text.removeFirst()
        gap = groups.count
      } else if text.isEmpty {
        return nil
      }
    }
    if let gap {
      guard groups.count < 8 else { return nil }
      groups.insert(contentsOf: repeatElement(0, count: 8 - groups.count), at: gap)
    }
    guard groups.count == 8 else { return nil }
    let halves = [groups[..<4], groups[4...]].map { $0.reduce(UInt64(0)) { $0 << 16 | UInt64($1) } }
    return IPAddress(v6High: halves[0], low: halves[1])
  }

  private static func hexValue(_ digit: UInt8) -> UInt16? {
    switch digit {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt16(digit - UInt8(ascii: "0"))
    case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt16(digit - UInt8(ascii: "a") + 10)
    case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt16(digit - UInt8(ascii: "A") + 10)
    default: nil
    }
  }
}
