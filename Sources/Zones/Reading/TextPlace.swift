/// A place in a zone file, for diagnostics.
struct TextPlace: Equatable, Sendable {
  /// From 1.
  var line: Int
  /// In octets, from 1.
  var column: Int

  static let start = TextPlace(line: 1, column: 1)
}
