public import Answering

/// What one worker has counted since it was started.
public struct WorkerCounters: Sendable {
  public let transport: TransportKind
  /// Where a UDP worker listens; nil for a TCP worker, which listens on all endpoints.
  public let endpoint: Endpoint?
  /// Datagrams that the kernel dropped because they came faster than the worker took them.
  public let overflowed: UInt64
  private let values: [UInt64]

  init(transport: TransportKind, endpoint: Endpoint?, overflowed: UInt64, block: WorkerBlock) {
    self.transport = transport
    self.endpoint = endpoint
    self.overflowed = overflowed
    values = Counter.allCases.map { block.value(of: $0) }
  }

  public subscript(counter: Counter) -> UInt64 { values[counter.rawValue] }
}
