public import DNSWire

/// A zone ready to be answered from: immutable, in one flat arena.
public final class CompiledZone: Sendable {
  public let apex: DomainName
  public let serial: UInt32
  /// Resource records served, duplicates not counted.
  public let recordCount: Int

  init(apex: DomainName, serial: UInt32, recordCount: Int) {
    self.apex = apex
    self.serial = serial
    self.recordCount = recordCount
  }
}
