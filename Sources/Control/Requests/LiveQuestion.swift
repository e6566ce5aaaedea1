internal import DNSWire

/// What a running server is asked to explain.
struct LiveQuestion: Equatable, Sendable {
  /// The query's name.
  var name: DomainName
  /// A or AAAA; nil: both.
  var type: RRType?
  /// Where the query comes from; nil: from no certain client.
  var client: ClientNetwork?
}
