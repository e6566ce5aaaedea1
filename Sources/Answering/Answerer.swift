public import DNSWire

/// One worker's way from the octets of a query to the octets of its response. Does no I/O.
public struct Answerer: ~Copyable {
  /// - Parameter worker: 0..<workers of the publisher; each index is used by one worker only.
  public init(_ publisher: SnapshotPublisher, worker: Int) {}

  /// Pins the current snapshot until `endBatch()`. Call it before a batch of queries, not while waiting.
  @_noAllocation @_noLocks
  public mutating func beginBatch() {}

  /// Lets go of the snapshot.
  @_noAllocation @_noLocks
  public mutating func endBatch() {}

  /// Answers one query.
  ///
  /// - Parameters:
  ///   - query: the DNS message as received, of any content and length.
  ///   - response: at least 4,096 octets for UDP and 65,535 for TCP.
  /// - Returns: how many octets of `response` to send; 0: send nothing.
  @_noAllocation @_noLocks
  public mutating func answer(
    _ query: RawSpan, from client: IPAddress, over transport: TransportKind,
    into response: inout MutableRawSpan
  ) -> Int {
    0
  }
}
