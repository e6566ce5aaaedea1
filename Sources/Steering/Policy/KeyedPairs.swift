/// The pairs of one or more records by their keys, each key once.
struct KeyedPairs<Key: RawRepresentable<String> & CaseIterable & Hashable> {
  struct Entry {
    var pair: TextPair
    /// Index of the record.
    var record: Int
  }

  private(set) var entries: [Key: Entry] = [:]
  /// Keys that were said so that they could not be taken: without a value, or in other letters.
  private(set) var lost: Set<Key> = []

  subscript(key: Key) -> Entry? { entries[key] }

  /// Takes the pairs of a record. Pairs of unknown keys, without a value or of a key said before are reported
  /// and left out.
  mutating func take(_ pairs: [TextPair], at record: Int, _ report: PolicyReport) {
    for pair in pairs {
      guard let key = Key(rawValue: pair.key) else {
        let known = Key.allCases.map(\.rawValue)
        let suggestion = ClosestWord.to(pair.key, in: known)
        if let key = suggestion.flatMap(Key.init(rawValue:)) { lost.insert(key) }
        report.add(TextProblem.unknownKey(pair.key, suggestion: suggestion, known: known), at: record)
        continue
      }
      if entries[key] != nil {
        report.add(TextProblem.twice(pair.key), at: record)
      } else if pair.value.isEmpty {
        report.add(TextProblem.missingValue(pair.key), at: record)
        lost.insert(key)
      } else {
        entries[key] = Entry(pair: pair, record: record)
      }
    }
  }

  /// The value of `key` as `read` understands it; nil when it is not said, or when it is wrong, which is
  /// reported.
  func value<Value>(
    _ key: Key, _ report: PolicyReport, _ read: (TextPair) throws(ValueProblem) -> Value
  ) -> Value? {
    guard let entry = entries[key] else { return nil }
    do throws(ValueProblem) {
      return try read(entry.pair)
    } catch {
      report.add(error, at: entry.record)
      return nil
    }
  }
}
