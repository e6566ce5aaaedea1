import Zones

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
      let distance = EditDistance.between(typed, letters)
      // In a short word, many other letters are no likeness.
      guard distance <= max(1, min(2, letters.count / 3)) else { continue }
      if let best, best <= (distance, candidate) { continue }
      best = (distance, candidate)
    }
    return best?.word
  }
}
