/// The values of a check's keys, but for those that have no effect on it.
struct CheckValues {
  let pairs: KeyedPairs<CheckKey>
  let keys: [CheckKey]
  let report: PolicyReport

  /// The value of `key` as `read` understands it; nil when it is not said, or when it is wrong, which is
  /// reported.
  func value<Value>(_ key: CheckKey, _ read: (TextPair) throws(ValueProblem) -> Value) -> Value? {
    keys.contains(key) ? pairs.value(key, report, read) : nil
  }

  /// Whether the record says something of `key`, right or wrong.
  func says(_ key: CheckKey) -> Bool { pairs[key] != nil }

  func add(_ problem: CheckProblem, at key: CheckKey, or first: Int) {
    report.add(problem, at: pairs[key]?.record ?? first)
  }
}
