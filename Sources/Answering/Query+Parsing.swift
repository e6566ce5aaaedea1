import DNSWire

extension Query {
  /// Reads the records that stand from `start` on, and notes an OPT and a TSIG, which comes last.
  ///
  /// - Parameters:
  ///   - before: records that come before the additional ones.
  ///   - heedsSubnet: whether the client's subnet is used where it is told.
  /// - Returns: false when the message is malformed.
  @_noAllocation @_noLocks
  mutating func parseRecords(
    of message: RawSpan, from start: Int, before: Int, additional: Int, heedsSubnet: Bool
  ) -> Bool {
    var offset = start
    var index = 0
    while index < before &+ additional {
      guard !hasTSIG else { return false }
      guard let owner = skipName(in: message, at: offset), owner &+ 10 <= message.byteCount else {
        return false
      }
      let type = RRType(rawValue: message.uint16(at: owner))
      let rdata = owner &+ 10
      let end = rdata &+ Int(message.uint16(at: owner &+ 8))
      guard end <= message.byteCount else { return false }
      if index >= before {
        if type == .opt {
          guard !hasOPT, owner == offset &+ 1 else { return false }
          hasOPT = true
          udpSize = max(512, Int(message.uint16(at: owner &+ 2)))
          ednsVersion = message.octet(at: owner &+ 5)
          dnssecOK = message.octet(at: owner &+ 6) & 0x80 != 0
          guard parseOptions(of: message, from: rdata, to: end, heedsSubnet) else { return false }
        } else if type == .tsig {
          tsigPlace = offset
          tsigRdata = rdata
        }
      }
      offset = end
      index &+= 1
    }
    return offset == message.byteCount
  }

  // RFC 6891 §6.1.2; options that are not known are passed over.
  @_noAllocation @_noLocks
  private mutating func parseOptions(
    of message: RawSpan, from start: Int, to end: Int, _ heedsSubnet: Bool
  ) -> Bool {
    var offset = start
    while offset < end {
      guard offset &+ 4 <= end else { return false }
      let code = EDNSOptionCode(rawValue: message.uint16(at: offset))
      let data = offset &+ 4
      offset = data &+ Int(message.uint16(at: offset &+ 2))
      guard offset <= end else { return false }
      if code == .nsid { wantsNSID = true }
      if code == .clientSubnet, heedsSubnet, ednsVersion == 0 {
        // Of two that differ only one could be used, and only one be sent back.
        if case .some = subnet { return false }
        guard let told = ClientSubnet(message, from: data, to: offset) else { return false }
        subnet = told
      }
    }
    return true
  }

  // A name is passed over without following its pointer: what it says does not matter here.
  @_noAllocation @_noLocks @inline(__always)
  private func skipName(in message: RawSpan, at start: Int) -> Int? {
    var offset = start
    while offset < message.byteCount {
      let size = Int(message.octet(at: offset))
      if size == 0 { return offset &+ 1 }
      if size >= 0xc0 { return offset &+ 2 <= message.byteCount ? offset &+ 2 : nil }
      guard size < 64, offset &- start &+ size < NameBuffer.maximumLength else { return nil }
      offset &+= size &+ 1
    }
    return nil
  }
}
