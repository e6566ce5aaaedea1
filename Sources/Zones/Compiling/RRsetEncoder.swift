import DNSWire

/// Encodes the records of an RRset, and of what goes with it, as `RRsetView` describes.
struct RRsetEncoder {
  /// The most octets that one RRset's records may have, so that header, question and OPT still fit beside it in a
  /// message of 65,535 octets.
  static let maximumLength = 64_900

  // Pointers reach 14 bits. What stands before the records (header, question, CNAMEs of a chain) is under
  // 12,288 octets, so names up to here can be pointed to wherever the records come to stand.
  private static let pointable = 4096

  private struct WrittenName {
    let place: Int
    let suffix: ArraySlice<UInt8>
  }

  private(set) var octets: [UInt8] = []
  private(set) var patches: [Patch] = []
  private var written: [WrittenName] = []
  private let owner: ArraySlice<UInt8>
  private let apex: ArraySlice<UInt8>
  /// Whether the owner name in the response is the one in the zone; not so under a wildcard.
  private let ownerIsExact: Bool

  init(owner: DomainName, apex: DomainName) {
    self.owner = owner.lowercased.octets[...]
    self.apex = apex.lowercased.octets[...]
    ownerIsExact = !owner.isWildcard
  }

  /// Appends a record of the RRset itself.
  mutating func append(type: RRType, ttl: UInt32, rdata: ArraySlice<UInt8>) {
    appendPointer(Patch(at: octets.count, to: .owner))
    appendBody(type: type, ttl: ttl, rdata: rdata)
  }

  /// Appends a record of another owner, in the zone.
  mutating func append(owner: ArraySlice<UInt8>, type: RRType, ttl: UInt32, rdata: ArraySlice<UInt8>) {
    append(name: owner)
    appendBody(type: type, ttl: ttl, rdata: rdata)
  }

  /// Takes back all that was appended since there were `count` octets.
  mutating func remove(from count: Int) {
    octets.removeLast(octets.count - count)
    while let last = patches.last, last.place >= count { patches.removeLast() }
    while let last = written.last, last.place >= count { written.removeLast() }
  }

  private mutating func appendBody(type: RRType, ttl: UInt32, rdata: ArraySlice<UInt8>) {
    for shift in [8, 0] { octets.append(UInt8(truncatingIfNeeded: type.rawValue >> shift)) }
    octets += [0, 1]
    for shift in [24, 16, 8, 0] { octets.append(UInt8(truncatingIfNeeded: ttl >> UInt32(shift))) }
    let lengthPlace = octets.count
    octets += [0, 0]
    append(rdata: rdata, type: type)
    let length = octets.count - lengthPlace - 2
    octets[lengthPlace] = UInt8(length >> 8)
    octets[lengthPlace + 1] = UInt8(length & 0xff)
  }

  // Only names in types of RFC 1035 may be compressed (RFC 3597 §4). The target of a CNAME is not: it is read back
  // when the chain is followed, and owner names then point to any label of it.
  private mutating func append(rdata: ArraySlice<UInt8>, type: RRType) {
    switch type {
    case .ns, .ptr:
      append(name: rdata)
    case .mx where rdata.count > 2:
      octets += rdata.prefix(2)
      append(name: rdata.dropFirst(2))
    case .soa:
      let server = rdata.prefix(nameLength(rdata))
      let mailbox = rdata.dropFirst(server.count).prefix(nameLength(rdata.dropFirst(server.count)))
      append(name: server)
      append(name: mailbox)
      octets += rdata.dropFirst(server.count + mailbox.count)
    default:
      octets += rdata
    }
  }

  private mutating func append(name: ArraySlice<UInt8>) {
    let lowercased = lowercased(name)
    var start = name.startIndex
    while name[start] != 0 {
      let suffix = lowercased[start...]
      if suffix == apex { return appendPointer(Patch(at: octets.count, to: .apex)) }
      if ownerIsExact, suffix == owner { return appendPointer(Patch(at: octets.count, to: .owner)) }
      if let earlier = written.first(where: { $0.suffix == suffix }) {
        return appendPointer(Patch(at: octets.count, to: .records, value: earlier.place))
      }
      if octets.count < Self.pointable, written.count < 128 {
        written.append(WrittenName(place: octets.count, suffix: suffix))
      }
      let end = start + Int(name[start]) + 1
      octets += name[start..<end]
      start = end
    }
    octets.append(0)
  }

  // What stands there until it is patched differs by target, so that equal owners can be told by their octets:
  // no name in the records begins at 0 or 1.
  private mutating func appendPointer(_ patch: Patch) {
    patches.append(patch)
    octets += [0xc0 | UInt8(patch.value >> 8), patch.isOwner ? 1 : UInt8(patch.value & 0xff)]
  }

  private func nameLength(_ octets: ArraySlice<UInt8>) -> Int {
    var end = octets.startIndex
    while octets[end] != 0 { end += Int(octets[end]) + 1 }
    return end + 1 - octets.startIndex
  }

  private func lowercased(_ name: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var result = name
    for index in result.indices where (0x41...0x5a).contains(result[index]) { result[index] |= 0x20 }
    return result
  }
}
