/// What is looked at in a zone file's text before it is loaded.
struct ZoneText {
  let octets: [UInt8]

  /// The files that the text may include.
  static let includable: [String] = ["200", "201", "202"]
  private static let longestNumber = 3
  private static let mostGenerates = 2

  /// Whether loading the text reads no other file than those made for it, and takes a bounded time.
  ///
  /// Directives are read as they stand in the text, in any letter case, so looking for them finds all.
  var isBounded: Bool {
    var generates = 0
    var index = 0
    while let dollar = octets[index...].firstIndex(of: UInt8(ascii: "$")) {
      index = dollar + 1
      if follows("INCLUDE ", at: index) {
        guard includesKnownFile(at: index + 8) else { return false }
      } else if follows("INCLUDE", at: index) {
        return false
      } else if follows("GENERATE", at: index) {
        generates += 1
        guard generates <= Self.mostGenerates, isSmallRange(at: index + 8) else { return false }
      }
    }
    return true
  }

  /// The words of the text, as the names that a query may be for.
  var words: [String] {
    octets.split { $0 <= 0x20 || $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: ";") }
      .map { String(decoding: $0, as: UTF8.self) }
  }

  private func follows(_ word: String, at start: Int) -> Bool {
    guard start + word.utf8.count <= octets.count else { return false }
    return zip(octets[start...], word.utf8).allSatisfy { $0 == $1 || ($0 &- 0x61 < 26 && $0 & 0xdf == $1) }
  }

  private func includesKnownFile(at start: Int) -> Bool {
    let name = octets[start...].prefix { $0 > 0x20 && $0 != UInt8(ascii: ";") }
    return Self.includable.contains { $0.utf8.elementsEqual(name) }
  }

  // No number of the record's whole line is long, so neither is the range.
  private func isSmallRange(at start: Int) -> Bool {
    let word = octets[start...].prefix { $0 != UInt8(ascii: "\n") }
    return word.split { $0 &- 0x30 >= 10 }.allSatisfy { $0.count <= Self.longestNumber }
  }
}
