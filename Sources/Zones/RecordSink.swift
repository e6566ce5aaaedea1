package import DNSWire

/// Where a zone file reader puts what it reads: records in file order, and diagnostics.
package protocol RecordSink: ~Copyable {
  /// Takes one record of class IN.
  ///
  /// - Parameters:
  ///   - owner: the owner name in wire format, absolute, in the case of the file; 1 to 255 octets.
  ///   - ttl: in seconds, 0 to 2^31-1 (RFC 2181 §8); nil when neither the record, nor an earlier one,
  ///     nor `$TTL` states one: it is the SOA's MINIMUM then.
  ///   - rdata: in wire format, names in it absolute and uncompressed.
  mutating func add(
    owner: Span<UInt8>, type: RRType, ttl: UInt32?, rdata: Span<UInt8>, at position: RecordPosition)

  mutating func add(_ diagnostic: Diagnostic)

  /// Told once, before any record, how many octets the zone file has.
  mutating func expect(octets: Int)

  /// Whether more records would be dropped, so that reading may as well end.
  var isFull: Bool { get }
}

/// Where a record begins, small enough to be kept for each record of a large zone.
package struct RecordPosition: Sendable {
  /// Index into the reader's list of files (the zone file is 0, then each `$INCLUDE` in order).
  package let file: UInt16
  /// In octets, from 1, capped at 65535.
  package let column: UInt16
  /// From 1.
  package let line: UInt32

  package init(file: UInt16, line: UInt32, column: UInt16) {
    self.file = file
    self.line = line
    self.column = column
  }
}

extension RecordSink where Self: ~Copyable {
  package mutating func expect(octets: Int) {}
}
