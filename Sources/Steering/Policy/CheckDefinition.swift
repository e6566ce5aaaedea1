/// A health check as a `_check` record or the configuration file defines it.
public struct CheckDefinition: Hashable, Sendable {
  public enum Kind: String, CaseIterable, Sendable {
    case tcp, http, https, dns, icmp, agent, exec, heartbeat, always

    /// Those that a zone may define: `exec` is for the configuration file alone.
    static var ofZones: [Kind] { allCases.filter { $0 != .exec } }
  }

  /// In lower case.
  public var name: String
  public var probe: Probe
  /// 1...65535; nil where the kind has none.
  public var port: UInt16?
  /// 100 ms...24 h. Of a heartbeat: how often the member reports itself, at the latest.
  public var interval: Duration = .seconds(2)
  /// From 10 ms, at most `interval`; the lesser of it and 1 s when the record says nothing.
  public var timeout: Duration = .seconds(1)
  /// Consecutive results that take a member up, or down. 1...100.
  public var rise = 2
  public var fall = 3
  /// Whether members are served before their first result.
  public var startsUp = true
  /// Over which a member's share grows after it was down, up to 24 h; zero: at once.
  public var slowStart: Duration = .zero

  public init(name: String, probe: Probe) {
    self.name = name
    self.probe = probe
  }

  public var kind: Kind { probe.kind }
}
