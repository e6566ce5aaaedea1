/// Why a probe succeeded or failed.
public struct Reason: Hashable, Sendable, CustomStringConvertible {
  /// As counters tell reasons apart.
  public enum Kind: String, CaseIterable, Sendable {
    case success
    /// The member's system refused the connection.
    case refused
    /// The network says that there is no way there.
    case unreachable
    /// Something took longer than the check's timeout.
    case timeout
    /// The connection was reset.
    case reset
    /// The connection ended before the reply was complete.
    case closed
    /// No TLS session came about, for other reasons than the certificate.
    case tls
    /// The certificate is expired, for another name, or of an unknown authority.
    case certificate
    /// The reply is not of the protocol.
    case malformed
    /// A status or response code other than expected.
    case code
    /// The reply does not hold what was expected.
    case content
    /// The member says itself that it is down.
    case reported
    /// The name of the member could not be resolved.
    case name
    /// The member has not reported itself in time.
    case lease
    /// The prober itself failed: no descriptors, no permission, no program.
    case local
  }

  public var kind: Kind
  /// For people, a few words: `500 in place of 200-299`.
  public var detail: String

  public init(_ kind: Kind, _ detail: String) {
    self.kind = kind
    self.detail = detail
  }

  public var description: String { detail }
}
