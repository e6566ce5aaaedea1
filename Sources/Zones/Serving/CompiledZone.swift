public import DNSWire

/// A zone ready to be answered from: immutable, in one flat arena.
public final class CompiledZone: Sendable {
  public let apex: DomainName
  /// The SOA's SERIAL (RFC 1982).
  public let serial: UInt32
  /// Resource records taken from the file, duplicates not counted.
  public let recordCount: Int
  /// RRsets whose order turns with each answer; each has an index below this.
  public let rotationCount: Int
  /// Valid as long as this object lives.
  public var view: ZoneView { ZoneView(arena.view) }

  /// Where a policy decides, in the order of their numbers.
  public let pools: [PoolSite]
  /// What the zone's policy is read from.
  public let policyRecords: [PolicyRecord]

  private let arena: Arena

  init(
    apex: DomainName, serial: UInt32, recordCount: Int, rotationCount: Int, pools: [PoolSite],
    policyRecords: [PolicyRecord], arena: Arena
  ) {
    self.pools = pools
    self.policyRecords = policyRecords
    self.apex = apex
    self.serial = serial
    self.recordCount = recordCount
    self.rotationCount = rotationCount
    self.arena = arena
  }

  /// Octets that the zone occupies in memory.
  public var size: Int { arena.view.count }
}
