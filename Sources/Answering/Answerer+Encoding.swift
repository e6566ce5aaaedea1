import DNSWire
import Zones

extension Answerer {
  /// The section that an RRset is put into; what goes along with it is put into the additional section.
  enum Section {
    case answer
    case authority
  }

  /// Copies an RRset, and what goes along with it, into the response.
  ///
  /// - Parameters:
  ///   - owner: the compression pointer to its owner name.
  ///   - apex: the compression pointer to the zone's apex.
  /// - Returns: false when it did not fit, and the response is truncated (RFC 2181 §9).
  @inline(__always)
  mutating func append(
    _ rrset: RRsetView, _ entry: ZoneEntry, owner: UInt16, apex: UInt16, to section: Section,
    into octets: inout MutableRawSpan
  ) -> Bool {
    let place = response.length
    let isReferral = section == .authority
    guard isReferral ? place &+ rrset.requiredLength <= response.limit : fits(rrset) else {
      response.isTruncated = true
      return false
    }
    let stride = rrset.stride
    if stride != 0 {
      var first = 0
      let count = rrset.recordCount
      if count > 1, let rotation = rrset.rotation {
        first = entry.rotations.next(worker: worker, rotation: rotation, of: count)
      }
      rrset.copy(turnedBy: first, owner: owner, to: &octets, at: place)
      response.length = place &+ rrset.length
    } else {
      let length = rrset.totalLength
      let fits = place &+ length <= response.limit
      let (kept, additional) =
        fits ? (length, rrset.additionalCount) : rrset.prefix(within: response.limit &- place)
      rrset.copy(length: kept, owner: owner, apex: apex, to: &octets, at: place)
      response.length = place &+ kept
      response.additionalCount &+= UInt16(truncatingIfNeeded: additional)
    }
    let count = UInt16(truncatingIfNeeded: rrset.recordCount)
    if isReferral { response.authorityCount &+= count } else { response.answerCount &+= count }
    return true
  }

  /// Whether there is room for the records of an RRset in the answer section.
  @inline(__always)
  func fits(_ rrset: RRsetView) -> Bool {
    response.length &+ rrset.length <= response.limit
  }

  /// Octets that the OPT record will need.
  @inline(__always)
  func optLength(_ snapshot: SnapshotView) -> Int {
    guard query.hasOPT else { return 0 }
    var length = 11
    if query.wantsNSID && snapshot.nsid.count > 0 { length &+= 4 &+ snapshot.nsid.count }
    if let subnet = query.subnet { length &+= 8 &+ subnet.octetCount }
    return length
  }

  /// Writes the OPT record and the header. Returns the response's length.
  @inline(__always)
  mutating func finish(
    _ message: RawSpan, _ size: Int, _ snapshot: SnapshotView, into octets: inout MutableRawSpan
  ) -> Int {
    if query.hasOPT { appendOPT(snapshot, into: &octets) }
    if query.hasTSIG { appendTSIG(answering: message, size, into: &octets) }
    if response.isTruncated { reader.count(.truncated) }
    reader.count(response.wantsExplanation ? .explanation : AnswerCounters.Event(response.rcode))
    // QR; the opcode and RD as asked (RFC 1035 §4.1.1); AD and CD cleared (RFC 4035 §3.1.6).
    var flags: UInt16 = 0x8000 | query.flags & 0x7900 | response.rcode.rawValue & 15
    // Of all classes there are, this server knows but two (RFC 1035 §6.2).
    if response.isAuthoritative, query.rrClass != .any { flags |= 0x0400 }
    if response.isTruncated { flags |= 0x0200 }
    octets.store(query.id, flags, at: 0)
    octets.store(query.questionEnd > 0 ? 1 : 0, response.answerCount, at: 4)
    octets.store(response.authorityCount, response.additionalCount, at: 8)
    return response.length
  }

  // RFC 6891 §6.1.2, with the options asked for.
  @_noAllocation @_noLocks
  private mutating func appendOPT(_ snapshot: SnapshotView, into octets: inout MutableRawSpan) {
    let place = response.length
    octets.store(octet: 0, at: place)
    octets.store(RRType.opt.rawValue, UInt16(truncatingIfNeeded: snapshot.udpSize), at: place &+ 1)
    // EXTENDED-RCODE and VERSION, then the flags.
    octets.store((response.rcode.rawValue >> 4) << 8, query.dnssecOK ? 0x8000 : 0, at: place &+ 5)
    var end = place &+ 11
    if query.wantsNSID, snapshot.nsid.count > 0 {
      octets.store(uint16: EDNSOptionCode.nsid.rawValue, at: end)
      octets.store(uint16: UInt16(truncatingIfNeeded: snapshot.nsid.count), at: end &+ 2)
      snapshot.nsid.copy(from: 0, length: snapshot.nsid.count, to: &octets, at: end &+ 4)
      end &+= 4 &+ snapshot.nsid.count
    }
    if let subnet = query.subnet, response.rcode != .formErr, response.rcode != .badVers {
      end = Self.append(subnet, scope: response.scope, at: end, into: &octets)
    }
    // Only short responses carry an error, so that there is always room.
    if response.extendedError.rawValue != .max {
      octets.store(uint16: EDNSOptionCode.extendedError.rawValue, at: end)
      octets.store(uint16: 2, at: end &+ 2)
      octets.store(uint16: response.extendedError.rawValue, at: end &+ 4)
      end &+= 6
    }
    octets.store(uint16: UInt16(truncatingIfNeeded: end &- place &- 11), at: place &+ 9)
    response.length = end
    response.additionalCount &+= 1
  }

  // The option goes back as it came, with the scope of the response (RFC 7871 §7.2.1). Static, as the compiler would
  // copy the answerer for a method.
  @_noAllocation @_noLocks
  private static func append(
    _ subnet: ClientSubnet, scope: Int, at place: Int, into octets: inout MutableRawSpan
  ) -> Int {
    let code = UInt32(EDNSOptionCode.clientSubnet.rawValue)
    octets.store(uint32: code << 16 | UInt32(truncatingIfNeeded: 4 &+ subnet.octetCount), at: place)
    // FAMILY, SOURCE PREFIX-LENGTH and SCOPE PREFIX-LENGTH.
    let family: UInt32 = subnet.family == .v4 ? 1 : 2
    let fields = family << 16 | UInt32(truncatingIfNeeded: subnet.length << 8 | scope)
    octets.store(uint32: fields, at: place &+ 4)
    let end = place &+ 8 &+ subnet.octetCount
    if subnet.family == .v4 {
      // The last four octets at once: those of the address, after as many of the fields as it lacks.
      let unsaid = UInt64(truncatingIfNeeded: 32 &- subnet.octetCount &* 8)
      let word = (UInt64(fields) << 32 | subnet.low) >> unsaid
      octets.store(uint32: UInt32(truncatingIfNeeded: word), at: end &- 4)
      return end
    }
    var position = place &+ 8
    var word = subnet.high
    while position < end {
      if position == place &+ 16 { word = subnet.low }
      octets.store(octet: UInt8(truncatingIfNeeded: word >> 56), at: position)
      word <<= 8
      position &+= 1
    }
    return end
  }
}
