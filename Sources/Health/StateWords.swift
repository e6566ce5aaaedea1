/// The words of a state file's line, taken one by one.
struct StateWords {
  private var words: ArraySlice<Substring>

  init(_ line: String) {
    words = line.utf8.split(separator: 0x20, omittingEmptySubsequences: false).map(Substring.init)[...]
  }

  var isEmpty: Bool { words.isEmpty }

  mutating func next() -> Substring? { words.popFirst() }

  mutating func integer<Value: FixedWidthInteger>() -> Value? { next().flatMap { Value($0) } }

  /// The value of the next word if it is of that key, unescaped; takes nothing otherwise.
  mutating func value(of key: String) -> String? {
    guard let word = words.first, word.hasPrefix(key + "=") else { return nil }
    words.removeFirst()
    return EscapedText.text(word.dropFirst(key.count + 1))
  }

  mutating func time(of key: String) -> WallTime? {
    value(of: key).flatMap { Int64($0) }.map(WallTime.init(nanoseconds:))
  }
}
