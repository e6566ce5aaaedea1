public import DNSWire

/// A name of a zone with its RRsets, as the data plane reads it.
///
/// | offset | octets | what |
/// |---|---|---|
/// | 0 | 1 | octets of the name without the apex |
/// | 1 | 1 | flags |
/// | 2 | 2 | RRsets |
/// | 4 | 4 | another node, whose meaning the flags tell |
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

  @inlinable static var nameOffset: Int { 8 }
  @inlinable static var entrySize: Int { 6 }

  @inlinable
  init(_ arena: ArenaView, at offset: Int) {
    self.arena = arena
    self.offset = offset
  }

  @inlinable public var flags: Flags { Flags(rawValue: arena.octet(at: offset &+ 1)) }
  @inlinable public var rrsetCount: Int { Int(arena.uint16(at: offset &+ 2)) }
  /// The wildcard child, or the delegation or DNAME above, as `flags` says.
  @inlinable public var link: NodeView { NodeView(arena, at: Int(arena.uint32(at: offset &+ 4))) }

  /// Octets of the name without the apex.
  @inlinable public var nameLength: Int { Int(arena.octet(at: offset)) }

  /// The RRset of a type.
  @inlinable @_noAllocation @_noLocks
  public func rrset(of type: RRType) -> RRsetView? {
    var entry = offset &+ NodeView.nameOffset &+ Int(arena.octet(at: offset))
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
    let entry = offset &+ NodeView.nameOffset &+ Int(arena.octet(at: offset))
    return RRsetView(arena, at: Int(arena.uint32(at: entry &+ 2)))
  }

  /// Whether the name from `start` on, less the apex, is this node's.
  @inlinable @_noAllocation @_noLocks
  func isNamed(_ name: borrowing NameBuffer, from start: Int, apexLength: Int) -> Bool {
    let length = Int(arena.octet(at: offset))
    guard name.length &- start &- apexLength == length else { return false }
    var position = 0
    while position < length {
      // The arena has eight octets behind its last node, so a whole word can always be read.
      var difference =
        arena.uint64(at: offset &+ NodeView.nameOffset &+ position).littleEndian
        ^ name.octets8(at: start &+ position)
      let left = length &- position
      if left < 8 { difference &= (1 << (UInt64(truncatingIfNeeded: left) &* 8)) &- 1 }
      if difference != 0 { return false }
      position &+= 8
    }
    return true
  }
}
