import DNSWire

extension Answerer {
  // TSIG error of a key that the server does not know (RFC 8945 §3).
  private static var badKey: UInt16 { 17 }

  /// Tells who signed a query that the key is not known, in a TSIG record without a MAC (RFC 8945 §5.2.1, §5.3.2).
  ///
  /// - Parameter size: octets that the response may have.
  @_noAllocation @_noLocks
  mutating func appendTSIG(answering message: RawSpan, _ size: Int, into octets: inout MutableRawSpan) {
    guard response.rcode == .notAuth,
      let ownerEnd = target.load(from: message, at: query.tsigPlace),
      let algorithmEnd = target.load(from: message, at: query.tsigRdata),
      algorithmEnd &+ 16 <= message.byteCount
    else { return }
    let ownerLength = ownerEnd &- query.tsigPlace
    let algorithmLength = algorithmEnd &- query.tsigRdata
    let place = response.length
    guard place &+ ownerLength &+ 10 &+ algorithmLength &+ 16 <= size else { return }
    copy(message, query.tsigPlace, ownerLength, to: place, of: &octets)
    var end = place &+ ownerLength
    octets.store(uint16: RRType.tsig.rawValue, at: end)
    octets.store(uint16: RRClass.any.rawValue, at: end &+ 2)
    octets.store(uint32: 0, at: end &+ 4)
    octets.store(uint16: UInt16(truncatingIfNeeded: algorithmLength &+ 16), at: end &+ 8)
    end &+= 10
    // The algorithm, the time signed and the fudge are the query's.
    copy(message, query.tsigRdata, algorithmLength &+ 8, to: end, of: &octets)
    end &+= algorithmLength &+ 8
    octets.store(uint16: 0, at: end)
    octets.store(uint16: query.id, at: end &+ 2)
    octets.store(uint16: Self.badKey, at: end &+ 4)
    octets.store(uint16: 0, at: end &+ 6)
    response.length = end &+ 8
    response.additionalCount &+= 1
  }

  @_noAllocation @_noLocks
  private func copy(
    _ message: RawSpan, _ start: Int, _ length: Int, to place: Int, of octets: inout MutableRawSpan
  ) {
    var offset = 0
    while offset < length {
      octets.store(octet: message.octet(at: start &+ offset), at: place &+ offset)
      offset &+= 1
    }
  }
}
