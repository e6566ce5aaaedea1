import DNSWire

/// What a response depends on of the message that asks, but for the name.
struct Query {
  var id: UInt16 = 0
  /// The second 16 bits of the header (RFC 1035 §4.1.1).
  var flags: UInt16 = 0
  var type = RRType(rawValue: 0)
  var rrClass = RRClass(rawValue: 0)
  /// Where the question ends; 0 while it is not known to be well-formed, and so is not echoed.
  var questionEnd = 0
  var hasOPT = false
  /// The requestor's UDP payload size (RFC 6891 §6.2.3), in octets.
  var udpSize = 512
  var ednsVersion: UInt8 = 0
  /// DNSSEC OK, which is copied (RFC 3225 §3).
  var dnssecOK = false
  var wantsNSID = false
  /// The clients that the query is for; nil: it does not say, or nobody heeds it.
  var subnet: ClientSubnet?
  /// Where a TSIG record begins in the message, and its RDATA; 0: there is none.
  var tsigPlace = 0
  var tsigRdata = 0
  var hasTSIG: Bool { tsigPlace > 0 }

  var opcode: Opcode { Opcode(rawValue: UInt8(truncatingIfNeeded: flags >> 11) & 15) }
}
