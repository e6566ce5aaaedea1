/// A name being looked up: lower-cased, with its labels found and every suffix hashed.
///
/// Fixed storage, so that a worker fills the same buffer for each query without allocating. Lower-casing, hashing
/// and comparing handle eight octets at once. Lower-casing the whole wire form is right because a length octet is
/// at most 63, below "A".
public struct NameBuffer: ~Copyable {
  /// The longest name in wire format (RFC 1035 §2.3.4), in octets.
  @inlinable public static var maximumLength: Int { 255 }

  // The octets come first, with room for a word to be read from any of them; then where each label begins, the
  // leftmost first; then the hash of the suffix of each number of labels, from none on.
  @inlinable static var offsetsPlace: Int { 264 }
  @inlinable static var hashesPlace: Int { 264 + 128 }
  @usableFromInline var memory = ScratchMemory(count: 264 + 128 + 128 * 8)

  /// Octets of the name, the root's zero octet included: 1...255.
  public internal(set) var length = 1
  /// Labels of the name, the root's not counted: 0...127.
  public internal(set) var labelCount = 0

  public init() {}

  /// Takes the uncompressed name at `offset` of `message`.
  ///
  /// - Returns: the offset behind the name; nil when the name is cut short, too long, or holds a
  ///   compression pointer or a label type that does not exist.
  @_noAllocation @_noLocks
  public mutating func load(from message: RawSpan, at offset: Int) -> Int? {
    var end = offset
    var labels = 0
    while true {
      guard end < message.byteCount else { return nil }
      let size = Int(message.octet(at: end))
      if size == 0 { break }
      guard size < 64, end &- offset &+ size &+ 2 <= Self.maximumLength else { return nil }
      memory.store(octet: UInt8(truncatingIfNeeded: end &- offset), at: Self.offsetsPlace &+ labels)
      labels &+= 1
      end &+= size &+ 1
    }
    end &+= 1
    length = end &- offset
    labelCount = labels
    var position = 0
    while position < length {
      memory.store(
        uint64: Self.lowercased(Self.word(of: message, at: offset &+ position)).littleEndian, at: position)
      position &+= 8
    }
    hashSuffixes()
    return end
  }

  /// Begins a name that `append(octet:)` then spells out, as when a CNAME is followed.
  @_noAllocation @_noLocks
  public mutating func begin() {
    length = 0
    labelCount = 0
  }

  /// Adds an octet of the wire form. Beyond 255 octets it is dropped.
  @_noAllocation @_noLocks
  public mutating func append(octet: UInt8) {
    guard length < Self.maximumLength else { return }
    memory.store(octet: octet, at: length)
    length &+= 1
  }

  /// Ends a name begun with `begin()`; the octets since must be a well-formed name, its root included.
  @_noAllocation @_noLocks
  public mutating func end() {
    var position = 0
    while position < length {
      memory.store(uint64: Self.lowercased(octets8(at: position)).littleEndian, at: position)
      position &+= 8
    }
    position = 0
    labelCount = 0
    while position < length {
      let size = Int(octet(at: position))
      if size == 0 { break }
      memory.store(octet: UInt8(truncatingIfNeeded: position), at: Self.offsetsPlace &+ labelCount)
      labelCount &+= 1
      position &+= size &+ 1
    }
    hashSuffixes()
  }

  /// The octet at `position`, lower-cased.
  @inlinable @inline(__always) @_noAllocation @_noLocks
  public func octet(at position: Int) -> UInt8 {
    memory.octet(at: position)
  }

  /// Eight octets from `position` on, the first in the lowest bits; what lies behind the name is junk.
  @inlinable @inline(__always) @_noAllocation @_noLocks
  public func octets8(at position: Int) -> UInt64 {
    memory.uint64(at: position).littleEndian
  }

  /// Where the suffix of `labels` labels begins. `labels` is 0...labelCount.
  @inlinable @inline(__always) @_noAllocation @_noLocks
  public func offset(ofSuffix labels: Int) -> Int {
    labels == 0 ? length &- 1 : Int(memory.octet(at: Self.offsetsPlace &+ labelCount &- labels))
  }

  /// The hash of the suffix of `labels` labels. `labels` is 0...labelCount.
  @inlinable @inline(__always) @_noAllocation @_noLocks
  public func hash(ofSuffix labels: Int) -> UInt64 {
    memory.uint64(at: Self.hashesPlace &+ labels &* 8)
  }

  /// Whether what stands from `start` on is the whole of another name.
  @_noAllocation @_noLocks
  public func hasSuffix(_ other: borrowing NameBuffer, at start: Int) -> Bool {
    length &- start == other.length && equals(other, from: 0, at: start)
  }

  /// Whether this name ends in what stands in another name from the label at `start` on.
  @_noAllocation @_noLocks
  public func hasSuffix(of other: borrowing NameBuffer, at start: Int) -> Bool {
    var labels = 0
    while labels <= labelCount {
      let place = offset(ofSuffix: labels)
      if length &- place == other.length &- start { return equals(other, from: start, at: place) }
      labels &+= 1
    }
    return false
  }

  // Whether the octets from `place` on are those of another name from `start` on, to its end.
  @_noAllocation @_noLocks
  private func equals(_ other: borrowing NameBuffer, from start: Int, at place: Int) -> Bool {
    let count = other.length &- start
    var position = 0
    while position < count {
      let difference = octets8(at: place &+ position) ^ other.octets8(at: start &+ position)
      if difference.lowestOctets(count &- position) != 0 { return false }
      position &+= 8
    }
    return true
  }

  // Each suffix's hash continues that of the one a label shorter, so one pass gives all of them.
  @_noAllocation @_noLocks
  private mutating func hashSuffixes() {
    var hash: UInt64 = 0x9e37_79b9_7f4a_7c15
    memory.store(uint64: hash, at: Self.hashesPlace)
    var labels = 0
    var end = length &- 1
    while labels < labelCount {
      labels &+= 1
      let start = offset(ofSuffix: labels)
      var position = start
      while position < end {
        let chunk = octets8(at: position).lowestOctets(end &- position)
        hash = (hash ^ chunk) &* 0xd6e8_feb8_6659_fd93
        hash ^= hash >> 32
        position &+= 8
      }
      memory.store(uint64: hash, at: Self.hashesPlace &+ labels &* 8)
      end = start
    }
  }

  // Eight octets of the message, or as many as it has left.
  @inline(__always)
  private static func word(of message: RawSpan, at offset: Int) -> UInt64 {
    let last = message.byteCount &- 8
    if offset <= last { return message.octets8(at: offset) }
    // The message's last eight octets, less those before `offset`.
    if last >= 0 { return message.octets8(at: last) >> (UInt64(truncatingIfNeeded: offset &- last) &* 8) }
    var word: UInt64 = 0
    var index = 0
    while offset &+ index < message.byteCount {
      word |= UInt64(message.octet(at: offset &+ index)) << (UInt64(truncatingIfNeeded: index) &* 8)
      index &+= 1
    }
    return word
  }

  // In each octet at once: "A"..."Z" gets bit 0x20. Octets above 127 are left alone.
  @inline(__always)
  private static func lowercased(_ word: UInt64) -> UInt64 {
    let ones: UInt64 = 0x0101_0101_0101_0101
    let low = word & (ones &* 0x7f)
    let aboveZ = low &+ ones &* (0x7f - 0x5a)
    let fromA = low &+ ones &* (0x80 - 0x41)
    let upper = (fromA ^ aboveZ) & ~word & (ones &* 0x80)
    return word | upper >> 2
  }
}
