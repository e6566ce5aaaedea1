// Unsafe file. Builds the table that `SnapshotView` reads. It is written only in `init`, and freed in `deinit`
// together with the zones that it points into, which this object retains.

public import DNSWire
import Locations
import Zones

/// Everything that answers depend on: immutable, published whole.
@safe
public final class Snapshot: @unchecked Sendable {  // Sendable: nothing is written after `init`.
  /// A zone that the server is configured for.
  public enum ServedZone: Sendable {
    case loaded(ServableZone)
    /// No usable data: queries in it get SERVFAIL with an Extended DNS Error (RFC 8914 §4.25).
    case broken(apex: DomainName)

    public var apex: DomainName {
      switch self {
      case .loaded(let zone): zone.compiled.apex
      case .broken(let apex): apex
      }
    }
  }

  /// What workers read; valid as long as this object lives.
  let view: SnapshotView
  private let zones: [ServedZone]
  private let names: [UInt8]
  private let entries: UnsafeMutablePointer<ZoneEntry.Contents>

  /// - Parameters:
  ///   - zones: with distinct apexes.
  ///   - cachedSize: octets of a zone, or of all that are no larger, up to which it does not pay to have them fetched
  ///     ahead: less than a core has of cache for itself, as the kernel's part in each answer needs most of that.
  ///   - cachedPools: the same of all pools, which have some hundreds of octets each.
  public init(
    zones: [ServedZone], settings: AnswerSettings, cachedSize: Int = 1 << 17, cachedPools: Int = 1_000
  ) {
    self.zones = zones
    let slotCount = max(zones.count + zones.count / 2, 2)
    unsafe entries = .allocate(capacity: slotCount)
    let none = ZoneEntry.Contents(
      state: .none, hash: 0, apexOffset: 0, apexLength: 0,
      zone: ZoneView(Self.noZone.view),
      rotations: Self.noRotations.view, pools: Self.noPools.view, poolCounters: Self.noPoolCounters.view,
      classes: ServableZone.noClasses.view)
    unsafe entries.initialize(repeating: none, count: slotCount)

    var sizeOfSmall = 0
    var pools = 0
    var names: [UInt8] = []
    var depths = LabelCounts()
    var name = NameBuffer()
    for zone in zones {
      guard name.load(from: zone.apex.octets.span.octets, at: 0) != nil else { continue }
      depths.insert(name.labelCount)
      var entry = none
      entry.hash = name.hash(ofSuffix: name.labelCount)
      entry.apexOffset = names.count
      entry.apexLength = name.length
      for position in 0..<name.length { names.append(name.octet(at: position)) }
      switch zone {
      case .loaded(let zone):
        entry.state = .loaded
        entry.zone = zone.compiled.view
        if entry.zone.size <= cachedSize { sizeOfSmall += entry.zone.size }
        pools += zone.compiled.pools.count
        entry.rotations = zone.rotations.view
        entry.pools = zone.pools.view
        entry.poolCounters = zone.poolCounters.view
        entry.classes = zone.classes.view
      case .broken:
        entry.state = .broken
      }
      var slot = SnapshotView.slot(of: entry.hash, among: slotCount)
      while unsafe entries[slot].state != .none { slot = slot + 1 == slotCount ? 0 : slot + 1 }
      unsafe entries[slot] = entry
    }
    self.names = names
    let hasManyPools = pools > cachedPools
    var isLarge = false
    for slot in 0..<slotCount where unsafe entries[slot].state == .loaded {
      let size = unsafe max(entries[slot].zone.size, sizeOfSmall)
      let isForeseen = unsafe size > cachedSize || hasManyPools && !entries[slot].pools.isEmpty
      unsafe entries[slot].isForeseen = isForeseen
      if isForeseen { isLarge = true }
    }
    unsafe view = SnapshotView(
      entries: entries, slotCount: slotCount, depths: depths, isLarge: isLarge, hasManyPools: hasManyPools,
      settings: settings, names: names)
  }

  /// The zones, by which their queries are counted.
  var countedZones: [(apex: DomainName, hasPools: Bool)] {
    zones.map { zone in
      switch zone {
      case .loaded(let zone): (zone.compiled.apex.lowercased, !zone.compiled.pools.isEmpty)
      case .broken(let apex): (apex.lowercased, false)
      }
    }
  }

  /// Says by which counters queries are counted. Before the snapshot is published.
  func setColumns(_ columns: ZoneColumns) {
    var name = NameBuffer()
    for zone in zones {
      let column = columns[zone.apex.lowercased]
      guard column != ZoneColumns.shared,
        name.load(from: zone.apex.octets.span.octets, at: 0) != nil,
        let (entry, _) = view.zone(enclosing: name, suffix: name.labelCount)
      else { continue }
      unsafe entries[view.number(of: entry)].column = column
    }
  }

  deinit {
    unsafe entries.deallocate()
    unsafe view.deallocate()
  }

  private static let noZone: Arena = {
    var builder = ArenaBuilder(capacity: ZoneView.headerSize)
    builder.append(zeros: ZoneView.headerSize)
    return builder.finish()
  }()
  private static let noRotations = RotationCounters(workers: 0, rotations: 0)
  private static let noPools = PoolTable([])
  private static let noPoolCounters = PoolCounters(workers: 0, columns: 0)
}
