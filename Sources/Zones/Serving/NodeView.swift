public import DNSWire

/// A name of a zone with its RRsets, as the data plane reads it.
///
/// | offset | octets | what; where there are several numbers, from the lowest bits on |
/// |---|---|---|
/// | 0 | 8 | octets of the name without the apex (8 bits), flags (8), RRsets (16), ... |
/// | | | ... another node, whose meaning the flags tell (32) |
/// | 8 | | the name without the apex, lower-cased |
/// | then | 6 each | RRsets: type, place |
public struct NodeView: Sendable {
  /// What matters about a node before its types are looked at.
  public struct Flags: OptionSet, Sendable {
    public let rawValue: UInt8
    @inlinable public init(rawValue: UInt8) { self.rawValue = rawValue }

    /// A zone cut: NS below the apex (RFC 9499 §7).
    @inlinable public static var delegation: Flags { Flags(rawValue: 1) }
    /// Owns a DNAME: all names below are redirected (RFC 6672 §2.3).
    @inlinable public static var dname: Flags { Flags(rawValue: 2) }
    /// Below a delegation or a DNAME, which `link` names: its own data is glue or hidden.
    @inlinable public static var occluded: Flags { Flags(rawValue: 4) }
    /// Has the wildcard child that `link` names (RFC 4592 §2.1.1).
    @inlinable public static var wildcard: Flags { Flags(rawValue: 8) }
    /// Owns a CNAME.
    @inlinable public static var cname: Flags { Flags(rawValue: 16) }
  }

  @usableFromInline let arena: ArenaView
  @usableFromInline let offset: Int
  @usableFromInline let header: UInt64

  @inlinable static var nameOffset: Int { 8 }
  @inlinable static var entrySize: Int { 6 }

  @inlinable
  init(_ arena: ArenaView, at offset: Int) {
    self.arena = arena
    self.offset = offset
    header = arena.uint64(at: offset)
  }

  @inlinable public var flags: Flags { Flags(rawValue: UInt8(truncatingIfNeeded: header &>> 8)) }
  @inlinable public var rrsetCount: Int { Int(UInt16(truncatingIfNeeded: header &>> 16)) }
  /// The wildcard child, or the delegation or DNAME above, as `flags` says.
  @inlinable public var link: NodeView { NodeView(arena, at: Int(header &>> 32)) }

  /// Octets of the name without the apex.
  @inlinable public var nameLength: Int { Int(UInt8(truncatingIfNeeded: header)) }

  /// The RRset of a type.
  @inlinable @_noAllocation @_noLocks
  public func rrset(of type: RRType) -> RRsetView? {
    var entry = offset &+ NodeView.nameOffset &+ nameLength
    var left = rrsetCount
    while left > 0 {
      if arena.uint16(at: entry) == type.rawValue {
        return RRsetView(arena, at: Int(arena.uint32(at: entry &+ 2)))
      }
      entry &+= NodeView.entrySize
      left &-= 1
    }
    return nil
  }

  /// The RRset at a place among the node's. `index` is 0..<rrsetCount.
  public func rrset(at index: Int) -> RRsetView {
    let entry = offset + NodeView.nameOffset + nameLength + index * NodeView.entrySize
    return RRsetView(arena, at: Int(arena.uint32(at: entry + 2)))
  }

  /// The first RRset, which answers QTYPE ANY (RFC 8482 §4.1); nil for an empty non-terminal.
  @inlinable
  public var firstRRset: RRsetView? {
    if rrsetCount == 0 { return nil }
    let entry = offset &+ NodeView.nameOffset &+ nameLength
    return RRsetView(arena, at: Int(arena.uint32(at: entry &+ 2)))
  }

  /// Whether the name from `start` on, less the apex, is this node's.
  @inlinable @_noAllocation @_noLocks
  func isNamed(_ name: borrowing NameBuffer, from start: Int, apexLength: Int) -> Bool {
    let length = nameLength
    guard name.length &- start &- apexLength == length else { return false }
    var position = 0
    while position < length {
      // The arena has eight octets behind its last node, so a whole word can always be read.
      let difference =
        arena.uint64(at: offset &+ NodeView.nameOffset &+ position).littleEndian
        ^ name.octets8(at: start &+ position)
      if difference.lowestOctets(length &- position) != 0 { return false }
      position &+= 8
    }
    return true
  }
}
