public import Answering

/// A query that was answered, with its response.
public struct AnsweredQuery: Equatable, Sendable {
  /// When it was answered, in nanoseconds since 1970, UTC.
  public let time: Int64
  /// Who asked, or the resolver that did.
  public let client: Endpoint
  public let transport: TransportKind
  /// As received.
  public let query: [UInt8]
  /// As sent, or as it was to be sent.
  public let response: [UInt8]

  public init(time: Int64, client: Endpoint, transport: TransportKind, query: [UInt8], response: [UInt8]) {
    self.time = time
    self.client = client
    self.transport = transport
    self.query = query
    self.response = response
  }
}
