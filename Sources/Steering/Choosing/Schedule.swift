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
    /// By the hash of the client's network or the query's name; `turns` is the table that the hash picks from.
    case hash(Stage.HashKey)
  }

  public var order: Order
  /// The different answers: lists of members, none empty.
  public var answers: [[Int]]
  /// Which answer each turn gives. Empty: NODATA.
  public var turns: [UInt32]

  public init(order: Order, answers: [[Int]], turns: [UInt32]) {
    self.order = order
    self.answers = answers
    self.turns = turns
  }
}
