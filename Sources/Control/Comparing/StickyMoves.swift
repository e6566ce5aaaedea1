internal import Steering

/// How many of those that stick to a member get another one by a new table.
enum StickyMoves {
  /// The share of all hashes that comes to another member, exactly.
  ///
  /// Both tables divide the hashes evenly, if by different numbers: they are compared over the least common multiple of
  /// their turns.
  ///
  /// - Parameters: who comes first at each turn; nil for NODATA. Neither is empty.
  static func share(from before: [Member.Identity?], to after: [Member.Identity?]) -> Share {
    let whole = before.count / greatestCommonDivisor(before.count, after.count) * after.count
    let (span, newSpan) = (whole / before.count, whole / after.count)
    var moved = 0
    var place = 0
    while place < whole {
      let (turn, newTurn) = (place / span, place / newSpan)
      let end = min((turn + 1) * span, (newTurn + 1) * newSpan)
      if before[turn] != after[newTurn] { moved += end - place }
      place = end
    }
    return Share(part: moved, whole: whole)
  }

  private static func greatestCommonDivisor(_ one: Int, _ two: Int) -> Int {
    two == 0 ? one : greatestCommonDivisor(two, one % two)
  }
}
