public import DNSWire
import Zones

/// One worker's way from the octets of a query to the octets of its response. Does no I/O.
public struct Answerer: ~Copyable {
  let reader: SnapshotReader
  let worker: Int
  var snapshot: SnapshotView?

  // The state of the query being answered. It is kept here, not in locals, so that nothing is set up anew.
  var name = NameBuffer()
  var target = NameBuffer()
  var current = CurrentName()
  // The hashes of the names that the chain of CNAMEs has led through.
  var answeredNames = ScratchMemory(count: 17 * 8)
  // The DNAMEs that it has led through: the RRset's identity, and where its target stands in the response.
  var writtenDNAMEs = ScratchMemory(count: 17 * 16)
  var writtenDNAMECount = 0
  // What is known of each query that is foreseen.
  var foreseen = ScratchMemory(count: foresight * 16)
  // The worker's own random numbers.
  var random: RandomSource
  // Those that are to come, where pools are foreseen.
  var ahead: RandomSource
  // Of the query being answered: who it is for. IPv4 addresses that IPv6 ones stand for are IPv4.
  var client = IPAddress(v4: 0)
  // Who sent it.
  var source = IPAddress(v4: 0)
  var query = Query()
  var response = Response()

  /// Whether the query that `answer` last returned a response to asks for an explanation (see
  /// `AnswerSettings.explainFrom`). To make one takes long and allocates, so others do; the response is for when they
  /// have no time.
  public var wantsExplanation: Bool {
    @_noAllocation @_noLocks
    get { response.wantsExplanation }
  }

  /// - Parameter worker: 0..<workers of the publisher; each index is used by one worker only.
  public init(_ publisher: SnapshotPublisher, worker: Int) {
    reader = publisher.reader(worker: worker)
    self.worker = worker
    random = RandomSource(seed: UInt64.random(in: 1...UInt64.max))
    ahead = random
  }

  /// Pins the current snapshot until `endBatch()`. Call it before a batch of queries, not while waiting.
  @_noAllocation @_noLocks
  public mutating func beginBatch() {
    snapshot = reader.enter()
  }

  /// Lets go of the snapshot.
  @_noAllocation @_noLocks
  public mutating func endBatch() {
    snapshot = nil
    reader.leave()
  }

  /// Answers one query.
  ///
  /// - Parameters:
  ///   - message: the DNS message as received, of any content and length.
  ///   - response: at least 4,096 octets for UDP and 65,535 for TCP.
  /// - Returns: how many octets of `response` to send; 0: send nothing.
  @_noAllocation @_noLocks
  public mutating func answer(
    _ message: RawSpan, from client: IPAddress, over transport: TransportKind,
    into octets: inout MutableRawSpan
  ) -> Int {
    // A response is never answered: two servers could keep each other busy for ever.
    guard let snapshot, message.byteCount >= 12, message.octet(at: 2) & 0x80 == 0 else {
      reader.count(.ignored)
      return 0
    }
    query = Query()
    response = Response()
    query.id = message.uint16(at: 0)
    query.flags = message.uint16(at: 2)
    response.length = 12
    let rcode = accept(message, heedsSubnet: snapshot.heedsSubnet)
    reader.count(query.type)
    source = client
    self.client = client.untranslated
    if let subnet = query.subnet, subnet.length > 0 { self.client = subnet.address }
    if query.questionEnd > 0 {
      copyQuestion(from: message, into: &octets)
    }
    let size = transport == .udp ? min(query.udpSize, snapshot.udpSize) : octets.byteCount
    // A long identifier is left out where a long name leaves no room for it, OPT (11), its option's header (4), an
    // extended error (6) and a client's subnet (24).
    if response.length &+ 45 &+ snapshot.nsid.count > size { query.wantsNSID = false }
    response.limit = size &- optLength(snapshot)
    if rcode != .noError {
      response.rcode = rcode
    } else if query.rrClass == .chaos {
      answerChaos(snapshot, into: &octets)
    } else {
      resolve(snapshot, into: &octets)
    }
    return finish(message, size, snapshot, into: &octets)
  }

  // Refuses by the header what need not be read further (RFC 1035 §4.1.1, RFC 6891 §6.1.3).
  @_noAllocation @_noLocks
  private mutating func accept(_ message: RawSpan, heedsSubnet: Bool) -> Rcode {
    let questions = message.uint16(at: 4)
    let answers = Int(message.uint16(at: 6))
    let authority = Int(message.uint16(at: 8))
    // What is refused is parsed all the same: who sent an OPT gets one (RFC 6891 §6.1.1).
    if questions == 1 {
      if let end = name.load(from: message, at: 12), end &+ 4 <= message.byteCount {
        query.type = RRType(rawValue: message.uint16(at: end))
        query.rrClass = RRClass(rawValue: message.uint16(at: end &+ 2))
        query.questionEnd = end &+ 4
      }
    }
    var isParsed = false
    if questions == 0 || query.questionEnd > 0 {
      isParsed = query.parseRecords(
        of: message, from: max(12, query.questionEnd), before: answers &+ authority,
        additional: Int(message.uint16(at: 10)), heedsSubnet: heedsSubnet)
    }
    guard query.opcode == .query else { return .notImp }
    guard isParsed, questions == 1, answers == 0 else { return .formErr }
    // IXFR brings the requester's SOA in the authority section (RFC 1995 §3).
    guard authority == 0 || (authority == 1 && query.type == .ixfr) else { return .formErr }
    if query.ednsVersion > 0 { return .badVers }
    // No key is known here (RFC 8945 §5.2.1).
    if query.hasTSIG { return .notAuth }
    guard query.rrClass == .internet || query.rrClass == .any || query.rrClass == .chaos else {
      return .refused
    }
    if query.type == .axfr || query.type == .ixfr { return .refused }
    return query.type == .opt || query.type == .tsig ? .formErr : .noError
  }

  // The name goes back in the letter case that it came in.
  @_noAllocation @_noLocks
  private mutating func copyQuestion(from message: RawSpan, into octets: inout MutableRawSpan) {
    octets.copy(message, from: 12, to: query.questionEnd)
    response.length = query.questionEnd
    current.place = 12
    current.literalLength = name.length
  }
}
