/// A health check as a `_check` record defines it.
public struct CheckDefinition: Equatable, Sendable {
  /// The kinds of check that a zone may define; `exec` is for the configuration file alone.
  public enum Kind: String, CaseIterable, Sendable {
    case tcp, http, https, dns, icmp, agent, heartbeat, always
  }

  public var name: String
  public var kind: Kind
  /// 1...65535; nil where the kind has none.
  public var port: UInt16?
  public var interval: Duration = .seconds(2)
  /// At most `interval`.
  public var timeout: Duration = .seconds(1)
  /// Consecutive results that take a member up, or down. From 1.
  public var rise = 2
  public var fall = 3
  /// Whether members are served before their first result.
  public var startsUp = true
  /// Over which a member's share grows after it was down; zero: at once.
  public var slowStart: Duration = .zero
  /// What the kind needs besides (`path`, `host`, `expect`...), as written; keys in lower case.
  public var parameters: [String: String] = [:]

  public init(name: String, kind: Kind) {
    self.name = name
    self.kind = kind
  }
}
