import DNSWire
import Zones

extension Answerer {
  // As many CNAMEs are followed as the common resolvers follow.
  private static var maximumChain: Int { 16 }

  /// Finds the answer in the zones served (RFC 1034 §4.3.2, RFC 4592 §3.3, RFC 6672 §3.2).
  ///
  /// Each turn answers for one name: the question's, then the target of each CNAME on the way. To find a name in
  /// a zone, it is looked up whole. If it has a node, that tells all: its RRsets, or the delegation or DNAME that
  /// hides it. Otherwise ever shorter suffixes are looked up until one has a node: the closest encloser. It is, or
  /// is hidden by, a delegation or DNAME; or has a wildcard, which answers; or the name does not exist.
  @_noAllocation @_noLocks
  mutating func resolve(_ snapshot: SnapshotView, into octets: inout MutableRawSpan) {
    var chain = 0
    writtenDNAMECount = 0
    while chain <= Self.maximumChain {
      guard let (entry, labels) = zone(for: query.type, snapshot) else {
        if chain == 0 {
          response.rcode = .refused
          response.extendedError = .notAuthoritative
        }
        return
      }
      if chain == 0 { reader.count(zone: entry.column) }
      guard entry.state == .loaded else {
        if chain == 0 {
          response.rcode = .servFail
          response.extendedError = .invalidData
        }
        return
      }
      let hash = name.hash(ofSuffix: name.labelCount)
      guard follow(entry, apexLabels: labels, isFirst: chain == 0, into: &octets) else { return }
      answeredNames.store(uint64: hash, at: chain &* 8)
      chain &+= 1
      if isAnswered(before: chain) { return }
    }
  }

  // Whether the current name has been answered for already: then the chain is a loop.
  @inline(__always)
  private func isAnswered(before chain: Int) -> Bool {
    let hash = name.hash(ofSuffix: name.labelCount)
    var index = 0
    while index < chain {
      if answeredNames.uint64(at: index &* 8) == hash { return true }
      index &+= 1
    }
    return false
  }

  // The closest zone; but DS belongs to the parent's side of a zone cut (RFC 4035 §3.1.4.1).
  @inline(__always)
  private func zone(for type: RRType, _ snapshot: SnapshotView) -> (entry: ZoneEntry, labels: Int)? {
    guard let found = snapshot.zone(enclosing: name, suffix: name.labelCount) else { return nil }
    if type == .ds, found.labels == name.labelCount, found.labels > 0,
      let parent = snapshot.zone(enclosing: name, suffix: found.labels &- 1)
    {
      return parent
    }
    return found
  }

  // Answers for the current name from one zone. Returns whether a CNAME led on to another name.
  @_noAllocation @_noLocks
  private mutating func follow(
    _ entry: ZoneEntry, apexLabels: Int, isFirst: Bool, into octets: inout MutableRawSpan
  ) -> Bool {
    let zone = entry.zone
    let labels = name.labelCount
    let apexOffset = name.offset(ofSuffix: apexLabels)
    let apex = current.pointer(toSuffixAt: apexOffset)
    if labels <= zone.maximumLabels, let node = zone.node(for: name, suffix: labels) {
      let flags = node.flags
      if flags.contains(.occluded) {
        return leave(through: node.link, entry, apexOffset, isFirst, into: &octets)
      }
      if flags.contains(.delegation), query.type != .ds {
        return leave(through: node, entry, apexOffset, isFirst, into: &octets)
      }
      if isFirst { response.isAuthoritative = true }
      return answer(from: node, entry, apex, into: &octets)
    }
    var encloser = min(labels &- 1, zone.maximumLabels)
    var node = zone.apex
    while encloser > apexLabels {
      if let found = zone.node(for: name, suffix: encloser) {
        node = found
        break
      }
      encloser &-= 1
    }
    let flags = node.flags
    if flags.contains(.occluded) {
      return leave(through: node.link, entry, apexOffset, isFirst, into: &octets)
    }
    if flags.contains(.delegation) || flags.contains(.dname) {
      return leave(through: node, entry, apexOffset, isFirst, into: &octets)
    }
    if isFirst { response.isAuthoritative = true }
    if flags.contains(.wildcard) {
      return answer(from: node.link, entry, apex, into: &octets)
    }
    response.rcode = .nxDomain
    appendNegative(entry, apex, into: &octets)
    return false
  }

  // Answers from a node whose name matches, itself or as a wildcard.
  @inline(__always)
  private mutating func answer(
    from node: NodeView, _ entry: ZoneEntry, _ apex: UInt16, into octets: inout MutableRawSpan
  ) -> Bool {
    let owner = current.pointer(toSuffixAt: 0)
    if node.flags.contains(.cname), query.type != .cname, query.type != .any,
      let cname = choose(node.rrset(of: .cname), entry)
    {
      let place = response.length
      guard append(cname, entry, owner: owner, apex: apex, to: .answer, into: &octets) else { return false }
      followCNAME(cname, at: place)
      return true
    }
    if let rrset = choose(query.type == .any ? node.firstRRset : node.rrset(of: query.type), entry) {
      // A chain may end at a DNAME that it has led through.
      if rrset.type == .dname, placeOfTarget(rrset) != nil { return false }
      _ = append(rrset, entry, owner: owner, apex: apex, to: .answer, into: &octets)
    } else {
      appendNegative(entry, apex, into: &octets)
    }
    return false
  }

  // Leaves the zone's own data through a delegation or a DNAME at or above the current name.
  @_noAllocation @_noLocks
  private mutating func leave(
    through node: NodeView, _ entry: ZoneEntry, _ apexOffset: Int, _ isFirst: Bool,
    into octets: inout MutableRawSpan
  ) -> Bool {
    let apex = current.pointer(toSuffixAt: apexOffset)
    let offset = apexOffset &- node.nameLength
    let owner = current.pointer(toSuffixAt: offset)
    if node.flags.contains(.delegation) {
      if let servers = node.rrset(of: .ns) {
        _ = append(servers, entry, owner: owner, apex: apex, to: .authority, into: &octets)
      }
      return false
    }
    if isFirst { response.isAuthoritative = true }
    guard let dname = node.rrset(of: .dname) else { return false }
    if let target = placeOfTarget(dname) {
      return followDNAME(dname, prefixLength: offset, targetPlace: target, into: &octets)
    }
    let place = response.length
    guard append(dname, entry, owner: owner, apex: apex, to: .answer, into: &octets) else { return false }
    writtenDNAMEs.store(uint64: dname.identity, at: writtenDNAMECount &* 16)
    writtenDNAMEs.store(uint64: UInt64(truncatingIfNeeded: place &+ 12), at: writtenDNAMECount &* 16 &+ 8)
    writtenDNAMECount &+= 1
    return followDNAME(dname, prefixLength: offset, targetPlace: place &+ 12, into: &octets)
  }

  // Where the target of a DNAME stands in the response, if it is there already: no record is sent twice.
  @inline(__always)
  private func placeOfTarget(_ dname: RRsetView) -> Int? {
    var index = 0
    while index < writtenDNAMECount {
      if writtenDNAMEs.uint64(at: index &* 16) == dname.identity {
        return Int(truncatingIfNeeded: writtenDNAMEs.uint64(at: index &* 16 &+ 8))
      }
      index &+= 1
    }
    return nil
  }

  // The negative answer's SOA (RFC 2308 §3).
  @inline(__always)
  private mutating func appendNegative(_ entry: ZoneEntry, _ apex: UInt16, into octets: inout MutableRawSpan)
  {
    let place = response.length
    let soa = entry.zone.negativeSOA
    guard append(soa, entry, owner: apex, apex: apex, to: .authority, into: &octets) else { return }
    // A pool that answers nobody may answer again before the SOA expires.
    if response.negativeTTL < soa.ttl { octets.store(uint32: response.negativeTTL, at: place &+ 6) }
  }

  // Makes the CNAME's target, just written at `place`, the current name.
  @_noAllocation @_noLocks
  private mutating func followCNAME(_ cname: RRsetView, at place: Int) {
    let length = cname.rdataLength
    target.begin()
    var position = 0
    while position < length {
      target.append(octet: cname.rdataOctet(at: position))
      position &+= 1
    }
    target.end()
    swap(&name, &target)
    current = CurrentName(place: place &+ 12, literalLength: length, tail: 0)
  }

  // Replaces the DNAME's owner in the current name by its target, and tells so by a CNAME (RFC 6672 §3.1). The
  // CNAME's own target ends in a pointer to the DNAME's, which stands in the response at `targetPlace`.
  @_noAllocation @_noLocks
  private mutating func followDNAME(
    _ dname: RRsetView, prefixLength: Int, targetPlace: Int, into octets: inout MutableRawSpan
  ) -> Bool {
    guard prefixLength &+ dname.rdataLength <= NameBuffer.maximumLength else {
      response.rcode = .yxDomain
      return false
    }
    let place = response.length
    let length = prefixLength &+ 2
    guard place &+ 12 &+ length <= response.limit else {
      response.isTruncated = true
      return false
    }
    octets.store(uint16: current.pointer(toSuffixAt: 0), at: place)
    octets.store(uint16: RRType.cname.rawValue, at: place &+ 2)
    octets.store(uint16: RRClass.internet.rawValue, at: place &+ 4)
    octets.store(uint32: dname.ttl, at: place &+ 6)
    octets.store(uint16: UInt16(truncatingIfNeeded: length), at: place &+ 10)
    target.begin()
    var position = 0
    while position < prefixLength {
      let octet = name.octet(at: position)
      octets.store(octet: octet, at: place &+ 12 &+ position)
      target.append(octet: octet)
      position &+= 1
    }
    octets.store(uint16: 0xc000 | UInt16(truncatingIfNeeded: targetPlace), at: place &+ 12 &+ prefixLength)
    position = 0
    while position < dname.rdataLength {
      target.append(octet: dname.rdataOctet(at: position))
      position &+= 1
    }
    target.end()
    // A target at or below the DNAME itself would be led on for ever.
    let isLoop =
      dname.rdataLength >= name.length &- prefixLength && target.hasSuffix(of: name, at: prefixLength)
    swap(&name, &target)
    response.length = place &+ 12 &+ length
    response.answerCount &+= 1
    current = CurrentName(place: place &+ 12, literalLength: prefixLength, tail: targetPlace)
    return query.type != .cname && !isLoop
  }
}
