/// Sequences in which members, numbered from 0, take their turns.
enum TurnOrder {
  /// Smooth weighted round robin: over a cycle each member comes as often as it has turns, and its turns lie as
  /// far apart as they can.
  ///
  /// The algorithm is nginx's (ngx_http_upstream_round_robin.c): at each turn every member gains its turns; the one
  /// that has gained most, the first of several, has the turn and pays the length of the cycle for it. After a cycle
  /// all stand at zero again. At no time has a member had a whole turn more than its share.
  static func smooth(_ turns: [Int]) -> [UInt32] {
    let length = turns.reduce(0, +)
    var gained = turns.map { _ in 0 }
    return (0..<length).map { _ in
      var next = 0
      for member in turns.indices {
        gained[member] += turns[member]
        if gained[member] > gained[next] { next = member }
      }
      gained[next] -= length
      return UInt32(next)
    }
  }

  /// All lists of `width` of `count` members, if there are no more than 128: then each is as likely as the others when
  /// one is picked at random.
  static func arrangements(of count: Int, width: Int) -> [[Int]]? {
    var lists: [[Int]] = [[]]
    for place in 0..<width {
      guard lists.count * (count - place) <= 128 else { return nil }
      lists = lists.flatMap { list in (0..<count).filter { !list.contains($0) }.map { list + [$0] } }
    }
    return lists
  }

  /// A cycle shuffled, `copies` times.
  static func shuffled(_ turns: [Int], copies: Int, seed: UInt64) -> [[UInt32]] {
    var mixer = Mixer(seed: seed)
    let cycle = turns.indices.flatMap { Array(repeating: UInt32($0), count: turns[$0]) }
    return (0..<copies).map { _ in cycle.shuffled(using: &mixer) }
  }
}
