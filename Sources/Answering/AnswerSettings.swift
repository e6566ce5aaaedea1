public import DNSWire

/// What answers depend on besides the zones.
public struct AnswerSettings: Equatable, Sendable {
  /// The longest UDP response, in octets, 512...4096, also announced in OPT (RFC 6891 §6.2.5).
  public var udpSize: UInt16 = 1232
  /// Sent to who asks for it by NSID (RFC 5001); empty: the option is ignored. At most 255 octets.
  public var nsid: [UInt8] = []
  /// Whether a client's subnet (RFC 7871) is used where it is told; else the option is ignored.
  public var heedsSubnet = true
  /// Answered to `CH TXT version.bind.` and `version.server.`; nil: REFUSED. At most 255 octets.
  public var version: [UInt8]?
  /// Answered to `CH TXT id.server.` and `hostname.bind.`; nil: REFUSED. At most 255 octets.
  public var identity: [UInt8]?
  /// Who is told how answers come about, by `CH TXT` for a name of a zone; all others are refused.
  public var explainFrom: [IPNetwork] = []

  public init() {}
}
