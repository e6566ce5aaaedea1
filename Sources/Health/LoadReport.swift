/// What a member says about itself along with a probe's reply, or by itself.
public struct LoadReport: Equatable, Sendable {
  /// A word of HAProxy's agent-check protocol.
  public enum Word: String, CaseIterable, Sendable {
    case ready, drain, maint, up, down, fail, stopped
  }

  /// What the member wants of its weight, in percent, 0...25,600; nil: it does not say.
  public var weight: Int?
  /// The administrative word: `ready`, `drain` or `maint`; nil: none was said, and the last one holds.
  public var administration: Word?
  /// Its connections, from 0.
  public var connections: Int?
  /// How much of what it can do it does, 0...1.
  public var load: Double?

  public init() {}
}
