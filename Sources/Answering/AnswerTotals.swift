/// What all workers together have counted since the start.
public struct AnswerTotals: Equatable, Sendable {
  var counts = [UInt64](repeating: 0, count: AnswerCounters.Event.allCases.count)

  /// Each counter with its name, in a fixed order.
  public var all: [(name: String, count: UInt64)] {
    AnswerCounters.Event.allCases.map { (String(describing: $0), counts[$0.rawValue]) }
  }
}
