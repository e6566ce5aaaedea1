/// Who is answered, turn by turn: all that a policy comes to for one class of clients.
///
/// Members are indices into the pool. A turn's answer is a list of them, the first foremost.
public struct Schedule: Equatable, Sendable {
  /// How a turn is picked.
  public enum Order: Equatable, Sendable {
    /// One after the other, and round again.
    case cycle
    /// At random, each turn equally likely.
    case random
    /// By the hash of the client's network or the query's name: a hash of 64 bits picks the turn
    /// `hash × turns.count / 2^64`, so that tables of different sizes agree where they can.
    case hash(Stage.HashKey)
  }

  public var order: Order
  /// The different answers: lists of members, none empty and no member twice in one. At most 65,536.
  public var answers: [[Int]]
  /// Which answer each turn gives. Empty: NODATA. At most 65,536.
  public var turns: [UInt32]

  public init(order: Order, answers: [[Int]], turns: [UInt32]) {
    self.order = order
    self.answers = answers
    self.turns = turns
  }

  /// The most turns that a schedule has.
  public static let maximumTurns = 65_536

  /// Answers NODATA.
  static func empty(_ order: Order) -> Schedule { Schedule(order: order, answers: [], turns: []) }

  /// At how many turns each of `memberCount` members comes first.
  public func firstPlaces(memberCount: Int) -> [Int] {
    var turnCounts = Array(repeating: 0, count: answers.count)
    for turn in turns { turnCounts[Int(turn)] += 1 }
    var counts = Array(repeating: 0, count: memberCount)
    for (answer, turnCount) in zip(answers, turnCounts) { counts[answer[0]] += turnCount }
    return counts
  }
}
