internal import Answering
internal import Glibc
internal import Health
internal import Probing
internal import Transport

/// The server at one moment, to be told of from elsewhere than the control loop. Members are as they are when asked.
struct Observation: Sendable {
  let view: LiveView
  let isLoading: Bool
  /// Whether zones were read and then all members checked, once since the start.
  let isReady: Bool
  /// In seconds.
  let uptime: Int
  let tallies: ControlTallies
  /// Nil until the zones were read for the first time.
  let answering: (publisher: SnapshotPublisher, dataPlane: DataPlane)?
  let probes: ProbeCounters
  /// Queries that were logged, and that were lost to the log; nil: there is no log of queries.
  let queryLog: (logged: UInt64, lost: UInt64)?

  /// The server's own, without pools.
  var status: ServerStatus {
    ServerStatus(
      version: Version.text, process: Int(getpid()), time: Int(System.wallClock / 1_000_000_000),
      uptime: uptime, zones: view.table.count, records: view.table.recordCount,
      brokenZones: view.table.broken.map { "\($0)" }, isLoading: isLoading,
      isolatedSince: view.monitor.isolatedSince.map { Clocks.now.seconds(of: $0) }, pools: [])
  }
}
