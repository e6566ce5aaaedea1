extension MemberInput {
  /// Why a text sets no inputs, and what would be right.
  public struct TextError: Error, Equatable, CustomStringConvertible {
    public let description: String
  }

  private enum Key: String, CaseIterable {
    case state, weight, rtt, connections, load
  }

  /// Takes inputs that are set by hand, as `KEY=VALUE` with commas between them:
  /// `state=down,weight=50%,rtt=20ms,connections=10,load=0.5`. Those that the text does not name stay as they are.
  public mutating func set(_ text: String) throws(TextError) {
    var seen: Set<Key> = []
    for word in text.split(separator: ",", omittingEmptySubsequences: false) {
      let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let shown = String(shown: word.utf8)
      guard parts.count == 2, let name = parts.first, let value = parts.last else {
        throw TextError(description: "\"\(shown)\" is not KEY=VALUE, like state=down,load=50%")
      }
      guard let key = Key(rawValue: name.lowercased()) else {
        let known = Key.allCases.map(\.rawValue)
        let problem = TextProblem.unknownKey(
          String(shown: name.utf8), suggestion: ClosestWord.to(String(name), in: known), known: known)
        throw TextError(description: problem.description)
      }
      guard seen.insert(key).inserted else {
        throw TextError(description: TextProblem.twice(key.rawValue).description)
      }
      do throws(ValueProblem) {
        try set(key, to: TextPair(key: key.rawValue, value: Array(value.utf8)))
      } catch {
        throw TextError(description: error.description)
      }
    }
  }

  private mutating func set(_ key: Key, to pair: TextPair) throws(ValueProblem) {
    switch key {
    case .state: state = try pair.word(State.self)
    case .weight: weightFactor = try pair.percentage(upTo: 1000)
    case .rtt:
      let time = try pair.duration(.milliseconds(1) ... .seconds(86_400))
      responseTime = time / .milliseconds(1)
    case .connections: connections = try pair.integer(0...1_000_000_000)
    case .load: load = try pair.percentage(upTo: 1)
    }
  }
}

extension TextPair {
  /// The value as a percentage (`50%`), 0...limit, or a fraction (`0.5`), 0...1.
  fileprivate func percentage(upTo limit: Double) throws(ValueProblem) -> Double {
    let text = text
    let isPercentage = text.hasSuffix("%")
    guard let number = Decimal.number(isPercentage ? text.dropLast() : text[...]) else {
      throw .malformed(shown, "a percentage", example: "\(key)=50%")
    }
    let share = isPercentage ? number / 100 : number
    // `50` is as easily meant as 50 %.
    guard share <= (isPercentage ? limit : 1) else { throw .outOfRange(shown, "0%", "\(Int(limit * 100))%") }
    return share
  }
}
