public import DNSWire

extension RRsetView {
  /// Copies address records, the one at `first` foremost and the others in their order round from there.
  ///
  /// - Parameter owner: the compression pointer to the owner name.
  @inlinable @_noAllocation @_noLocks
  @_lifetime(message: copy message)
  public func copy(turnedBy first: Int, owner: UInt16, to message: inout MutableRawSpan, at place: Int) {
    let records = recordsOffset
    let turned = first &* stride
    let rest = length &- turned
    arena.copy(from: records &+ turned, length: rest, to: &message, at: place)
    if turned > 0 { arena.copy(from: records, length: turned, to: &message, at: place &+ rest) }
    // They were encoded with a pointer to the question's name.
    if owner == 0xc00c { return }
    var record = place
    while record < place &+ length {
      message.store(uint16: owner, at: record)
      record &+= stride
    }
  }

  /// Copies the first `length` octets of the records and sets the pointers in them.
  ///
  /// - Parameters:
  ///   - owner: the compression pointer to the owner name.
  ///   - apex: the compression pointer to the zone's apex.
  @inlinable @_noAllocation @_noLocks
  @_lifetime(message: copy message)
  public func copy(
    length: Int, owner: UInt16, apex: UInt16, to message: inout MutableRawSpan, at place: Int
  ) {
    arena.copy(from: recordsOffset, length: length, to: &message, at: place)
    var index = 0
    let patches = patchCount
    while index < patches {
      let patch = patch(index)
      index &+= 1
      // Patches stand in the order of their places.
      guard patch.place < length else { return }
      let pointer =
        patch.isOwner
        ? owner : patch.isApex ? apex : 0xc000 | UInt16(truncatingIfNeeded: place &+ patch.value)
      message.store(uint16: pointer, at: place &+ patch.place)
    }
  }

  /// How much of the records can be sent in `space` octets: what is required, and of the other additional records
  /// as many whole RRsets as fit. `space` is at least `requiredLength`.
  ///
  /// - Returns: octets of records, and how many records of the additional section they hold.
  @_noAllocation @_noLocks
  public func prefix(within space: Int) -> (length: Int, additionalCount: Int) {
    let start = recordsOffset
    var record = 0
    var index = 0
    let count = recordCount
    let all = count &+ additionalCount
    // The last end of an RRset that fits.
    var kept = (length: length, additionalCount: 0)
    while index < all {
      let next = endOfRecord(at: start &+ record) &- start
      index &+= 1
      if next > space, next > requiredLength { break }
      let endsRRset = index >= all || !isSameRRset(start &+ record, start &+ next)
      if index > count, endsRRset || next == requiredLength { kept = (next, index &- count) }
      record = next
    }
    return kept
  }

  /// In seconds, of the first record.
  @inlinable public var ttl: UInt32 { UInt32(bigEndian: arena.uint32(at: recordsOffset &+ 6)) }
  /// Octets of the first record's RDATA.
  @inlinable public var rdataLength: Int { Int(UInt16(bigEndian: arena.uint16(at: recordsOffset &+ 10))) }

  /// An octet of the first record's RDATA.
  @inlinable @_noAllocation @_noLocks
  public func rdataOctet(at position: Int) -> UInt8 {
    arena.octet(at: firstRdataOffset &+ position)
  }

  @_noAllocation @_noLocks
  private func endOfRecord(at record: Int) -> Int {
    let fields = endOfName(at: record)
    return fields &+ 10 &+ Int(UInt16(bigEndian: arena.uint16(at: fields &+ 8)))
  }

  @_noAllocation @_noLocks
  private func endOfName(at name: Int) -> Int {
    var offset = name
    while true {
      let size = arena.octet(at: offset)
      if size == 0 { return offset &+ 1 }
      if size >= 0xc0 { return offset &+ 2 }
      offset &+= Int(size) &+ 1
    }
  }

  // Whether two records have one owner and type. An owner that stands nowhere yet is spelled out in the first
  // record of an RRset; pointers lead there from the others, or from all to a target in RDATA.
  @_noAllocation @_noLocks
  private func isSameRRset(_ one: Int, _ other: Int) -> Bool {
    let end = endOfName(at: one)
    let otherEnd = endOfName(at: other)
    guard arena.uint16(at: end) == arena.uint16(at: otherEnd) else { return false }
    if placeOfName(at: one) == placeOfName(at: other) { return true }
    // Far back in many records nothing is pointed to, and every owner is spelled out.
    guard end &- one == otherEnd &- other else { return false }
    var position = 0
    while position < end &- one {
      if arena.octet(at: one &+ position) != arena.octet(at: other &+ position) { return false }
      position &+= 1
    }
    return true
  }

  // Where a name begins, as pointers to it say before they are patched: octets from the first record on.
  @_noAllocation @_noLocks
  private func placeOfName(at name: Int) -> Int {
    let size = arena.octet(at: name)
    return size < 0xc0
      ? name &- recordsOffset : Int(size & 0x3f) &<< 8 | Int(arena.octet(at: name &+ 1))
  }
}
