/// How many probes ended for each reason.
public struct ReasonCounts: Equatable, Sendable {
  private var counts = [UInt64](repeating: 0, count: Reason.Kind.allCases.count)

  public init() {}

  public subscript(kind: Reason.Kind) -> UInt64 {
    get { counts[Self.index(of: kind)] }
    set { counts[Self.index(of: kind)] = newValue }
  }

  /// Those that there were any of.
  public var seen: [(kind: Reason.Kind, count: UInt64)] {
    zip(Reason.Kind.allCases, counts).filter { $1 > 0 }.map { ($0, $1) }
  }

  private static func index(of kind: Reason.Kind) -> Int {
    Reason.Kind.allCases.firstIndex(of: kind)!
  }
}
