/// Hands the current snapshot to the workers, and frees an old one when no worker reads it any more.
public final class SnapshotPublisher: Sendable {
  /// - Parameter workers: how many workers will read, UDP and TCP ones together.
  public init(_ snapshot: Snapshot, workers: Int) {}

  /// Makes `snapshot` the current one; returns when every worker has left the one before.
  public func publish(_ snapshot: Snapshot) {}
}
