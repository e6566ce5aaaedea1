internal import Zones

/// Finds the word that was probably meant.
enum ClosestMatch {
  /// The candidate that is a typing mistake or two away from `word`; nil when none is.
  static func of(_ word: String, in candidates: [String]) -> String? {
    let typed = normalized(word)
    // Words that are far longer than any key are far from all of them.
    guard typed.count <= 64 else { return nil }
    let ranked = candidates.map { (distance: EditDistance.between(typed, normalized($0)), candidate: $0) }
    guard let best = ranked.min(by: { $0.distance < $1.distance }) else { return nil }
    return best.distance <= min(2, best.candidate.count / 2) ? best.candidate : nil
  }

  private static func normalized(_ word: String) -> [Unicode.Scalar] {
    word.lowercased().unicodeScalars.map { $0 == "_" || $0 == " " ? "-" : $0 }
  }
}
