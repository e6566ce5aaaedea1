/// What is known of a member when a choice is made. The prober fills it; tests and `simulate` set it by hand.
///
/// Any value is taken: what is out of its range, or no number, is brought into it or counts as not known.
public struct MemberInput: Equatable, Sendable {
  public enum State: String, CaseIterable, Sendable {
    /// Not checked yet, and served until it is.
    case unknown
    case up
    case down
  }

  public var state = State.unknown
  /// Multiplies the policy's weight, 0...1,000: slow start, an agent's percentage, draining.
  public var weightFactor = 1.0
  /// In place of the policy's weight, 0...1,000,000; nil: that one holds.
  public var weight: UInt32?
  /// Smoothed, in milliseconds, above 0; nil: not measured.
  public var responseTime: Double?
  /// That the member reports, from 0; nil: it does not.
  public var connections: Int?
  /// 0...1; nil: not reported.
  public var load: Double?

  public init() {}
}

extension MemberInput {
  /// `weightFactor` in its range; 1 where it is no number.
  var effectiveFactor: Double { weightFactor.isNaN ? 1 : min(max(weightFactor, 0), 1000) }

  /// `responseTime` within a microsecond and a day; nil where nothing sensible was measured.
  var effectiveResponseTime: Double? {
    guard let responseTime, responseTime > 0 else { return nil }
    return min(max(responseTime, 0.001), 86_400_000)
  }

  /// `connections` from 0.
  var effectiveConnections: Double? { connections.map { Double(max($0, 0)) } }

  /// `load` in its range; nil where it is no number.
  var effectiveLoad: Double? {
    guard let load, !load.isNaN else { return nil }
    return min(max(load, 0), 1)
  }
}
