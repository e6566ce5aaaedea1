/// The answers of a schedule, each kept once, and which of them each turn gives.
struct AnswerList {
  let answers: [[Int]]
  let turns: [UInt32]

  /// The answers of one member each that `sequence` gives, turn by turn, as numbers of `members`.
  static func single(_ sequence: [UInt32], of members: [Int]) -> AnswerList {
    AnswerList(answers: members.map { [$0] }, turns: sequence)
  }

  /// The answers of `width` members each that `cycles` give, one after the other: at each turn the member whose turn it
  /// is, and those that follow it in its cycle, which goes round, each the first time that it comes.
  ///
  /// So the other places are used as the first one is. From the last turn to the first, the member whose turn it is
  /// moves to the front of a list: the list then holds all members in the order in which they come next.
  ///
  /// - Parameter cycles: numbers of `members`, each of which every cycle holds.
  static func following(_ cycles: [[UInt32]], of members: [Int], width: Int) -> AnswerList {
    guard width > 1 else { return single(Array(cycles.joined()), of: members) }
    let width = min(width, members.count)
    var numbers = RowNumbers(width: width, limit: cycles.reduce(0) { $0 + $1.count })
    var turns: [UInt32] = []
    for cycle in cycles {
      var isListed = Array(repeating: false, count: members.count)
      var upcoming: [UInt32] = []
      for member in cycle where !isListed[Int(member)] {
        isListed[Int(member)] = true
        upcoming.append(member)
      }
      let backwards = cycle.reversed().map { member in
        upcoming.remove(at: upcoming.firstIndex(of: member) ?? 0)
        upcoming.insert(member, at: 0)
        return numbers.number(of: upcoming[..<width])
      }
      turns += backwards.reversed()
    }
    return AnswerList(answers: numbers.rows.map { $0.map { members[Int($0)] } }, turns: turns)
  }
}
