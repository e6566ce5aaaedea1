/// A word or a quoted string of a zone file, as the range of its octets.
struct ZoneToken {
  /// The first octet; of a quoted string, the one after the quote.
  let start: Int
  /// One past the last octet; of a quoted string, the closing quote.
  let end: Int
  let place: TextPlace
  let isQuoted: Bool
}
