/// Sequences in which members, numbered from 0, take their turns.
enum TurnOrder {
  /// Smooth weighted round robin: over a cycle each member comes as often as it has turns, and its turns lie as
  /// far apart as they can.
  ///
  /// The algorithm is nginx's (ngx_http_upstream_round_robin.c): at each turn every member gains its turns; the one
  /// that has gained most, the first of several, has the turn and pays the length of the cycle for it. After a cycle
  /// all stand at zero again. At no time has a member had a whole turn more than its share.
  static func smooth(_ turns: [Int]) -> [Int] {
    let length = turns.reduce(0, +)
    var gained = turns.map { _ in 0 }
    return (0..<length).map { _ in
      var next = 0
      for member in turns.indices {
        gained[member] += turns[member]
        if gained[member] > gained[next] { next = member }
      }
      gained[next] -= length
      return next
    }
  }

  /// `copies` cycles, each shuffled for itself.
  static func shuffled(_ turns: [Int], copies: Int, seed: UInt64) -> [Int] {
    var mixer = Mixer(seed: seed)
    let cycle = turns.indices.flatMap { Array(repeating: $0, count: turns[$0]) }
    return (0..<copies).flatMap { _ in cycle.shuffled(using: &mixer) }
  }
}
