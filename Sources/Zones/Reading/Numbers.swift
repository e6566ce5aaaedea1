extension FixedWidthInteger {
  /// Reads decimal digits; nil when there is anything else, or too much.
  @inline(__always)
  init?(decimal text: Span<UInt8>) {
    guard text.count > 0 else { return nil }
    var value: Self = 0
    for index in 0..<text.count {
      let digit = text[index] &- 0x30
      guard digit < 10 else { return nil }
      let (product, isTooLarge) = value.multipliedReportingOverflow(by: 10)
      let (sum, isTooLargeNow) = product.addingReportingOverflow(Self(digit))
      guard !isTooLarge, !isTooLargeNow else { return nil }
      value = sum
    }
    self = value
  }
}

/// A time in seconds, such as a TTL, written as a number or as numbers with units, like `1h30m`.
enum Period: Equatable {
  case seconds(UInt32)
  /// Well written, but more than 32 bits can hold.
  case tooLarge

  /// Nil when the text is no time.
  @inline(__always)
  init?(_ text: Span<UInt8>) {
    if let seconds = UInt32(decimal: text) {
      self = .seconds(seconds)
    } else {
      guard let period = Self.withUnits(text) else { return nil }
      self = period
    }
  }

  private static func withUnits(_ text: Span<UInt8>) -> Period? {
    var total: UInt64 = 0
    var number: UInt64?
    for index in 0..<text.count {
      let octet = text[index]
      if octet &- 0x30 < 10 {
        // Held below what a later multiplication could overflow.
        number = min((number ?? 0) * 10 + UInt64(octet & 0x0f), 1 << 40)
        continue
      }
      guard let count = number, let unit = unit(octet) else { return nil }
      total = min(total + count * unit, 1 << 40)
      number = nil
    }
    if let count = number {
      // A number without a unit stands alone.
      guard isAllDigits(text) else { return nil }
      total = count
    } else if text.count == 0 {
      return nil
    }
    return UInt32(exactly: total).map { .seconds($0) } ?? .tooLarge
  }

  private static func isAllDigits(_ text: Span<UInt8>) -> Bool {
    for index in 0..<text.count where text[index] &- 0x30 >= 10 {
      return false
    }
    return true
  }

  private static func unit(_ octet: UInt8) -> UInt64? {
    switch octet | 0x20 {
    case UInt8(ascii: "s"): 1
    case UInt8(ascii: "m"): 60
    case UInt8(ascii: "h"): 3_600
    case UInt8(ascii: "d"): 86_400
    case UInt8(ascii: "w"): 604_800
    default: nil
    }
  }
}
