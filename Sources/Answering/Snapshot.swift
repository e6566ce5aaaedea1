public import DNSWire
public import Zones

/// Everything that answers depend on: immutable, published whole.
public final class Snapshot: Sendable {
  /// A zone that the server is configured for.
  public enum ServedZone: Sendable {
    case loaded(CompiledZone)
    /// No usable data: queries in it get SERVFAIL with an Extended DNS Error (RFC 8914 §4.25).
    case broken(apex: DomainName)
  }

  public init(zones: [ServedZone], settings: AnswerSettings, workers: Int) {}
}
