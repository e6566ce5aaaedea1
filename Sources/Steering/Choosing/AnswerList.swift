/// The answers of a schedule under construction: each kept once.
struct AnswerList {
  private(set) var answers: [[Int]] = []
  private(set) var turns: [UInt32] = []
  private var numbers: [[Int]: UInt32] = [:]

  /// Adds a turn.
  mutating func append(_ answer: [Int]) {
    if let number = numbers[answer] {
      turns.append(number)
      return
    }
    let number = UInt32(answers.count)
    numbers[answer] = number
    answers.append(answer)
    turns.append(number)
  }

  /// The answers of one member each that `sequence` gives, turn by turn. All of `members` come up in it.
  static func single(_ sequence: [Int], of members: [Int]) -> AnswerList {
    var list = AnswerList()
    list.answers = members.map { [$0] }
    list.turns = sequence.map { UInt32($0) }
    return list
  }

  /// The answers of `width` members each that `sequence` gives: at each turn the member whose turn it is, and those
  /// that follow it in the sequence, which goes round, each the first time that it comes.
  ///
  /// So the other places are used as the first one is. From the last turn to the first, the member whose turn it is
  /// moves to the front of a list: the list then holds all members in the order in which they come next.
  static func following(_ sequence: [Int], of members: [Int], width: Int) -> AnswerList {
    guard width > 1 else { return single(sequence, of: members) }
    var upcoming: [Int] = []
    var isListed = Array(repeating: false, count: members.count)
    for member in sequence where !isListed[member] {
      isListed[member] = true
      upcoming.append(member)
    }
    var answers: [[Int]] = []
    for member in sequence.reversed() {
      guard let place = upcoming.firstIndex(of: member) else { continue }
      upcoming.remove(at: place)
      upcoming.insert(member, at: 0)
      answers.append(upcoming.prefix(width).map { members[$0] })
    }
    var list = AnswerList()
    for answer in answers.reversed() { list.append(answer) }
    return list
  }
}
