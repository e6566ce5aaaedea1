/// Finds the word that was probably meant.
enum ClosestMatch {
  /// The candidate that is a typing mistake or two away from `word`; nil when none is.
  static func of(_ word: String, in candidates: [String]) -> String? {
    let typed = normalized(word)
    let ranked = candidates.map { (distance: distance(typed, normalized($0)), candidate: $0) }
    guard let best = ranked.min(by: { $0.distance < $1.distance }) else { return nil }
    return best.distance <= min(2, best.candidate.count / 2) ? best.candidate : nil
  }

  private static func normalized(_ word: String) -> [Unicode.Scalar] {
    word.lowercased().unicodeScalars.map { $0 == "_" || $0 == " " ? "-" : $0 }
  }

  /// The number of letters to insert, drop, replace or swap with their neighbour (optimal string
  /// alignment): rows are prefixes of `left`, columns of `right`.
  private static func distance(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Int {
    // Words that are far longer than any key are far from all of them.
    guard left.count <= 64 else { return .max }
    var beforePrevious: [Int] = []
    var previous = Array(0...right.count)
    for (row, letter) in left.enumerated() {
      var current = [row + 1]
      for (column, other) in right.enumerated() {
        var cost = min(previous[column + 1], current[column]) + 1
        cost = min(cost, previous[column] + (letter == other ? 0 : 1))
        if row > 0, column > 0, letter == right[column - 1], left[row - 1] == other {
          cost = min(cost, beforePrevious[column - 1] + 1)
        }
        current.append(cost)
      }
      beforePrevious = previous
      previous = current
    }
    return previous[right.count]
  }
}
