/// Finds the word that was probably meant.
enum ClosestWord {
  /// The candidate that is a typing mistake or two away from `word`, letter case aside; nil when none is. Of
  /// equally near ones, the first of the alphabet.
  static func to(_ word: String, in candidates: some Sequence<String>) -> String? {
    // Words that are far longer than any candidate are far from all of them.
    guard word.utf8.count <= 64 else { return nil }
    let typed = Array(word.lowercased().utf8)
    var best: (distance: Int, word: String)?
    for candidate in candidates {
      let letters = Array(candidate.lowercased().utf8)
      let distance = distance(typed, letters)
      // In a short word, many other letters are no likeness.
      guard distance <= max(1, min(2, letters.count / 3)) else { continue }
      if let best, best <= (distance, candidate) { continue }
      best = (distance, candidate)
    }
    return best?.word
  }

  /// How many letters must be added, removed, changed or swapped with their neighbour (optimal string
  /// alignment): rows are prefixes of `left`, columns of `right`.
  private static func distance(_ left: [UInt8], _ right: [UInt8]) -> Int {
    guard abs(left.count - right.count) <= 2 else { return .max }
    var beforePrevious: [Int] = []
    var previous = Array(0...right.count)
    for row in left.indices {
      var current = [row + 1]
      for column in right.indices {
        var cost = min(previous[column + 1], current[column]) + 1
        cost = min(cost, previous[column] + (left[row] == right[column] ? 0 : 1))
        if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column] {
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
