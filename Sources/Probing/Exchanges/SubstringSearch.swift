/// Looks for octets in octets that come in pieces (Knuth, Morris, Pratt 1977): each octet is looked at once,
/// and none is kept.
struct SubstringSearch: Sendable {
  let pattern: [UInt8]
  /// Of each number of octets that have matched, how many of them match if one more does not.
  private let fallbacks: [UInt16]
  private var matched = 0

  /// - Parameter pattern: at most 65,535 octets.
  init(_ pattern: [UInt8]) {
    self.pattern = pattern
    var fallbacks: [UInt16] = [0]
    var length = 0
    for octet in pattern.dropFirst() {
      while length > 0, pattern[length] != octet { length = Int(fallbacks[length - 1]) }
      if pattern[length] == octet { length += 1 }
      fallbacks.append(UInt16(length))
    }
    self.fallbacks = fallbacks
  }

  /// Whether the pattern has been seen whole.
  var isFound: Bool { matched == pattern.count }

  /// Takes the next octet, as long as the pattern is not found.
  mutating func take(_ octet: UInt8) {
    while matched > 0, pattern[matched] != octet { matched = Int(fallbacks[matched - 1]) }
    if pattern[matched] == octet { matched += 1 }
  }
}
