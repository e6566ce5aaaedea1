public import Answering
public import DNSWire

/// A query that asks how an answer comes about (`Answerer.wantsExplanation`).
public struct ExplanationRequest: Sendable {
  /// The query as received.
  public let message: [UInt8]
  /// Who sent it.
  public let client: IPAddress
  /// How it came, and the response goes.
  public let transport: TransportKind

  public init(message: [UInt8], client: IPAddress, transport: TransportKind) {
    self.message = message
    self.client = client
    self.transport = transport
  }
}

/// Makes the response to a request: at most 65,535 octets, empty for none. Called on one thread only; may take its time.
public typealias Explainer = @Sendable (ExplanationRequest) -> [UInt8]
