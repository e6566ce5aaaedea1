public import DNSWire

/// An RRset encoded ahead, as the data plane copies it into a response.
///
/// The records stand as in a message, each owner name a pointer to the question's name. What depends on
/// the response is patched after the copy: pointers to the owner, where that is not the question's name;
/// to the apex; and into these records themselves. Behind the RRset's own records come those that its
/// answer carries in the additional section (glue, addresses of targets).
///
/// The first two words are four numbers of 16 bits each, from the lowest bits on.
///
/// | offset | octets | what |
/// |---|---|---|
/// | 0 | 8 | records of the RRset |
/// | | | records for the additional section |
/// | | | octets of the RRset's records |
/// | | | the same with in-domain glue: what a referral must hold (RFC 9471 §3.1) |
/// | 8 | 8 | octets of all records |
/// | | | patches |
/// | | | type |
/// | | | octets of a record, where all are equally long and hold no name; 65535: a pool; else 0 |
/// | 16 | 4 each | patches; or, where records are equally long and several, the rotation's index; or the pool's number |
/// | then | | the records |
public struct RRsetView: Sendable {
  @usableFromInline let arena: ArenaView
  @usableFromInline let offset: Int
  @usableFromInline let sizes: UInt64
  @usableFromInline let form: UInt64

  @inlinable static var headerSize: Int { 16 }

  @inlinable
  init(_ arena: ArenaView, at offset: Int) {
    self.arena = arena
    self.offset = offset
    sizes = arena.uint64(at: offset)
    form = arena.uint64(at: offset &+ 8)
  }

  @inlinable public var recordCount: Int { Int(UInt16(truncatingIfNeeded: sizes)) }
  @inlinable public var additionalCount: Int { Int(UInt16(truncatingIfNeeded: sizes &>> 16)) }
  @inlinable public var length: Int { Int(UInt16(truncatingIfNeeded: sizes &>> 32)) }
  @inlinable public var requiredLength: Int { Int(UInt16(truncatingIfNeeded: sizes &>> 48)) }
  @inlinable public var totalLength: Int { Int(UInt16(truncatingIfNeeded: form)) }
  @inlinable public var patchCount: Int { Int(UInt16(truncatingIfNeeded: form &>> 16)) }
  @inlinable public var type: RRType { RRType(rawValue: UInt16(truncatingIfNeeded: form &>> 32)) }
  @inlinable public var stride: Int { Int(UInt16(truncatingIfNeeded: form &>> 48)) }

  /// Whether the order of the records turns with each answer.
  @inlinable public var isRotated: Bool { stride != 0 && recordCount > 1 }
  /// Whether a policy decides what stands here; nothing but `pool` and `type` has a meaning then.
  @inlinable public var isPool: Bool { UInt16(truncatingIfNeeded: form &>> 48) == RRsetView.poolStride }
  /// The number of the pool in its zone. Only where `isPool`.
  @inlinable public var pool: Int { Int(arena.uint32(at: offset &+ RRsetView.headerSize)) }

  /// Stands in place of a rotation where records keep their order.
  @inlinable static var unturned: UInt32 { .max }
  /// Stands in place of the octets of a record where the RRset is a pool.
  @inlinable static var poolStride: UInt16 { .max }
  /// Which of the zone's rotations turns this RRset; nil where a policy has given the order. Only where `isRotated`.
  @inlinable public var rotation: Int? {
    let rotation = arena.uint32(at: offset &+ RRsetView.headerSize)
    return rotation == RRsetView.unturned ? nil : Int(rotation)
  }

  /// What tells this RRset from all others of all zones.
  @inlinable public var identity: UInt64 { arena.identity(of: offset) }

  @inlinable
  func patch(_ index: Int) -> Patch {
    Patch(rawValue: arena.uint32(at: offset &+ RRsetView.headerSize &+ index &* 4))
  }

  @inlinable
  var recordsOffset: Int {
    offset &+ RRsetView.headerSize &+ (isRotated ? 4 : patchCount &* 4)
  }

  /// Where the first record's RDATA begins, for a CNAME or DNAME, whose target it is.
  @inlinable var firstRdataOffset: Int { recordsOffset &+ 12 }
}
