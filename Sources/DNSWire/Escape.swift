/// Escapes in the text of names and character strings (RFC 1035 §5.1): `\X` for a character and `\DDD` for
/// an octet.
public enum Escape {
  /// The octet that the escape at `index`, where the backslash is, stands for, and how much of the text it
  /// takes; nil when it is malformed.
  public static func read(_ text: Span<UInt8>, at index: Int) -> (octet: UInt8, length: Int)? {
    guard index + 1 < text.count else { return nil }
    let first = text[index + 1]
    guard isDigit(first) else { return (first, 2) }
    guard index + 3 < text.count, isDigit(text[index + 2]), isDigit(text[index + 3]) else { return nil }
    var value = Int(first & 0x0f)
    value = value * 10 + Int(text[index + 2] & 0x0f)
    value = value * 10 + Int(text[index + 3] & 0x0f)
    guard let octet = UInt8(exactly: value) else { return nil }
    return (octet, 4)
  }

  private static func isDigit(_ octet: UInt8) -> Bool { octet &- 0x30 < 10 }
}
