public import Answering
public import DNSWire

/// What one worker has counted since it was started.
public struct WorkerCounters: Sendable {
  public let transport: TransportKind
  /// Where a UDP worker listens; nil for a TCP worker, which listens on all endpoints.
  public let endpoint: Endpoint?
  /// Datagrams that the kernel dropped because they came faster than the worker took them.
  public let overflowed: UInt64
  /// Of those that were timed.
  public let durations: AnswerDurations
  private let values: [UInt64]

  init(transport: TransportKind, endpoint: Endpoint?, overflowed: UInt64, block: WorkerBlock) {
    self.transport = transport
    self.endpoint = endpoint
    self.overflowed = overflowed
    durations = block.durations
    values = Counter.allCases.map { block.value(of: $0) }
  }

  /// Queries received over IPv4 or IPv6, of any content.
  public func queries(over family: IPAddress.Family) -> UInt64 {
    if let endpoint { return endpoint.address.family == family ? self[.received] : 0 }
    return family == .v6 ? self[.receivedOverIPv6] : self[.received] &- self[.receivedOverIPv6]
  }

  public subscript(counter: Counter) -> UInt64 { values[counter.rawValue] }
}
