/// Whole turns of a cycle for weights.
enum Apportionment {
  /// Turns in proportion to `weights`, in as few turns as will do.
  ///
  /// Exact where the weights, divided by their greatest common divisor, sum up to at most `limit`. Otherwise `limit`
  /// turns are dealt out by largest remainder (Hamilton's method): each member is off by less than one turn, so its
  /// share by less than 1/`limit`. Weights above 0 that come to less than one turn get one where there are enough
  /// turns; then each share of the others is off by less than (1 + such members)/`limit`.
  ///
  /// - Parameters:
  ///   - weights: any; products with `limit` must fit in 64 bits.
  ///   - limit: 1 or more.
  static func turns(of weights: [UInt64], atMost limit: Int) -> [Int] {
    let lowest = lowestTerms(weights)
    if lowest.reduce(0, +) <= UInt64(limit) { return lowest.map { Int($0) } }
    let isRaising = weights.count { $0 > 0 } <= limit
    return lowestTerms(dealt(UInt64(limit), to: weights, isRaising: isRaising)).map { Int($0) }
  }

  /// Divided by what all can be divided by.
  private static func lowestTerms(_ numbers: [UInt64]) -> [UInt64] {
    let divisor = numbers.reduce(0, greatestCommonDivisor)
    return divisor > 1 ? numbers.map { $0 / divisor } : numbers
  }

  /// Deals `limit` turns out; with `isRaising`, to each weight above 0 at least one.
  private static func dealt(_ limit: UInt64, to weights: [UInt64], isRaising: Bool) -> [UInt64] {
    var turns = Array(repeating: 0 as UInt64, count: weights.count)
    var open = weights.indices.filter { weights[$0] > 0 }
    var sum = weights.reduce(0, +)
    var remaining = limit
    // A turn given to a small weight leaves fewer for the others, which may make more of them small: until none is.
    while isRaising {
      let small = open.filter { weights[$0] * remaining < sum }
      if small.isEmpty { break }
      for index in small {
        turns[index] = 1
        sum -= weights[index]
      }
      remaining -= UInt64(small.count)
      open.removeAll { turns[$0] == 1 }
    }
    guard sum > 0 else { return turns }
    for index in open { turns[index] = weights[index] * remaining / sum }
    let left = Int(remaining - open.reduce(0) { $0 + turns[$1] })
    // The sort is stable: of equal remainders the first gets the turn.
    let remainders = weights.map { $0 * remaining % sum }
    for index in open.sorted(by: { remainders[$0] > remainders[$1] }).prefix(left) { turns[index] += 1 }
    return turns
  }

  private static func greatestCommonDivisor(_ one: UInt64, _ two: UInt64) -> UInt64 {
    var (one, two) = (one, two)
    while two > 0 { (one, two) = (two, one % two) }
    return one
  }
}
