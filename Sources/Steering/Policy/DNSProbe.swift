public import DNSWire

/// A query, and what its response must be.
public struct DNSProbe: Hashable, Sendable {
  public var query: DomainName
  public var type: RRType = .a
  public var rcode: Rcode = .noError
  /// The data that a record of the answer section must have, in presentation format; nil: any answer will do.
  public var answer: String?

  public init(query: DomainName) {
    self.query = query
  }
}
