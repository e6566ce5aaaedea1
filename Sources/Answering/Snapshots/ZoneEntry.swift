import Zones

/// A slot of a snapshot's table of zones.
struct ZoneEntry {
  /// How a zone is answered for.
  enum State: UInt8 {
    /// The slot is free.
    case none
    case loaded
    /// Configured, without usable data.
    case broken
  }

  var state: State
  /// Of the apex name.
  var hash: UInt64
  /// The apex in the snapshot's names, and its octets.
  var apexOffset: Int
  var apexLength: Int
  /// The zone's data; of no meaning unless `loaded`.
  var zone: ZoneView
  var rotations: RotationCounters.View
}
