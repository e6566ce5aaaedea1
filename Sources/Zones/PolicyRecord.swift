public import DNSWire

/// A record that says how to answer, and is no data itself: one at or below `_lb`, `_check` or `_at`.
public struct PolicyRecord: Sendable {
  /// In the case of the file.
  public let owner: DomainName
  public let type: RRType
  /// In wire format.
  public let rdata: [UInt8]
  /// Where the record begins.
  public let file: String
  /// From 1.
  public let line: Int
  public let column: Int

  public init(owner: DomainName, type: RRType, rdata: [UInt8], file: String, line: Int, column: Int) {
    self.owner = owner
    self.type = type
    self.rdata = rdata
    self.file = file
    self.line = line
    self.column = column
  }
}
