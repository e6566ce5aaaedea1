/// Reads numbers as policies have them: digits only, so without signs, spaces or exponents.
package enum Decimal {
  /// A whole number of up to 18 digits.
  static func integer(_ text: some StringProtocol) -> Int? {
    guard (1...18).contains(text.utf8.count), text.utf8.allSatisfy(isDigit) else { return nil }
    return Int(text)
  }

  /// A number with or without a fraction, both of up to 18 digits.
  static func number(_ text: some StringProtocol) -> Double? {
    let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    return parts.allSatisfy { integer($0) != nil } ? Double(text) : nil
  }

  /// A share as a percentage (`70%`, `12.5%`) or a fraction (`0.7`), 0...1.
  package static func share(_ text: Substring) -> Double? {
    let isPercentage = text.last == "%"
    guard let number = number(isPercentage ? text.dropLast() : text) else { return nil }
    let share = isPercentage ? number / 100 : number
    return (0...1).contains(share) ? share : nil
  }

  /// What stands before and after the first `..`.
  static func bounds(_ text: Substring) -> (lower: Substring, upper: Substring)? {
    for start in text.indices where text[start...].hasPrefix("..") {
      return (text[..<start], text[start...].dropFirst(2))
    }
    return nil
  }

  private static func isDigit(_ octet: UInt8) -> Bool { octet &- 0x30 < 10 }
}
