import DNSWire

/// Writes RRsets as `RRsetView` describes them.
extension ArenaBuilder {
  /// Begins an RRset of address records; each is then appended.
  ///
  /// - Parameter rotation: which of the zone's rotations turns it; nil: it keeps its order.
  mutating func beginAddresses(_ type: RRType, count: Int, rotation: Int?) {
    let stride = Self.addressStride(of: type)
    let length = UInt16(count * stride)
    append(UInt16(count), 0, length, length)
    append(length, 0, type.rawValue, UInt16(stride))
    if count > 1 { append(uint32: rotation.map { UInt32($0) } ?? RRsetView.unturned) }
  }

  /// Appends an address record, owned by the question's name.
  mutating func appendAddress(_ type: RRType, ttl: UInt32, rdata: RawSpan) {
    let head = 0xc00c_0000_0000_0000 | UInt64(type.rawValue) << 32 | UInt64(RRClass.internet.rawValue) << 16
    append(uint64: (head | UInt64(ttl >> 16)).bigEndian)
    append(uint16: UInt16(truncatingIfNeeded: ttl).bigEndian)
    append(uint16: UInt16(rdata.byteCount).bigEndian)
    append(rdata)
  }

  /// Octets of an RRset of `count` address records.
  static func size(ofAddresses count: Int, _ type: RRType) -> Int {
    RRsetView.headerSize + (count > 1 ? 4 : 0) + count * addressStride(of: type)
  }

  /// Octets of an address record.
  static func addressStride(of type: RRType) -> Int { type == .a ? 16 : 28 }

  /// Octets of an encoded RRset.
  static func size(of encoder: RRsetEncoder) -> Int {
    RRsetView.headerSize + encoder.patches.count * 4 + encoder.octets.count
  }

  /// Appends an encoded RRset.
  ///
  /// - Parameters:
  ///   - length: octets of the RRset's own records; nil: of all.
  ///   - requiredLength: what a referral must hold; nil: all of `length`.
  mutating func append(
    _ encoder: RRsetEncoder, type: RRType, recordCount: Int, length: Int? = nil, additionalCount: Int = 0,
    requiredLength: Int? = nil
  ) {
    let length = length ?? encoder.octets.count
    append(UInt16(recordCount), UInt16(additionalCount), UInt16(length), UInt16(requiredLength ?? length))
    append(UInt16(encoder.octets.count), UInt16(encoder.patches.count), type.rawValue, 0)
    for patch in encoder.patches { append(uint32: patch.rawValue) }
    append(encoder.octets.span.octets)
  }

  /// Appends a pool's mark: what is answered stands in its schedule.
  mutating func appendPool(_ type: RRType, number: Int) {
    append(0, 0, 0, 0)
    append(0, 0, type.rawValue, RRsetView.poolStride)
    append(uint32: UInt32(number))
  }
}
