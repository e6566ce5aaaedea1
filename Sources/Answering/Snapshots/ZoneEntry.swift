// Unsafe file. A reference to a slot of a snapshot's table, which outlives it: see `SnapshotView`.

import Locations
import Zones

/// A zone as a snapshot holds it.
@safe
struct ZoneEntry {
  /// How a zone is answered for.
  enum State: UInt8 {
    /// The slot is free.
    case none
    case loaded
    /// Configured, without usable data.
    case broken
  }

  /// What a slot of the table holds.
  struct Contents {
    var state: State
    /// Of the apex name.
    var hash: UInt64
    /// Whether it pays to have its memory fetched ahead.
    var isForeseen = false
    /// The apex in the snapshot's names, and its octets.
    var apexOffset: Int
    var apexLength: Int
    /// The zone's data; of no meaning unless `loaded`.
    var zone: ZoneView
    var rotations: RotationCounters.View
    var pools: PoolTable.View
    var poolCounters: PoolCounters.View
    var classes: PrefixTreeView
    /// Of the counters of queries, see `ZoneColumns`.
    var column = ZoneColumns.shared
  }

  let contents: UnsafePointer<Contents>

  @unsafe
  init(_ contents: UnsafePointer<Contents>) {
    unsafe self.contents = contents
  }

  var state: State { unsafe contents.pointee.state }
  var hash: UInt64 { unsafe contents.pointee.hash }
  var isForeseen: Bool { unsafe contents.pointee.isForeseen }
  var apexOffset: Int { unsafe contents.pointee.apexOffset }
  var apexLength: Int { unsafe contents.pointee.apexLength }
  var zone: ZoneView { unsafe contents.pointee.zone }
  var rotations: RotationCounters.View { unsafe contents.pointee.rotations }
  var pools: PoolTable.View { unsafe contents.pointee.pools }
  var poolCounters: PoolCounters.View { unsafe contents.pointee.poolCounters }
  /// Of clients, by address.
  var classes: PrefixTreeView { unsafe contents.pointee.classes }
  var column: Int { unsafe contents.pointee.column }
}
