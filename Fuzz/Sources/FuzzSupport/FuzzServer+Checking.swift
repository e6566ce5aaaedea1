import Answering

extension FuzzServer {
  /// Answers a query over both transports and checks all that must hold of any response.
  ///
  /// - Parameter isSteered: a policy gives each response its own members, so that two need not say the same.
  /// - Returns: the response over TCP; nil when the message gets none.
  @discardableResult
  public mutating func check(_ query: [UInt8], isSteered: Bool = false) -> DecodedMessage? {
    let udp = respond(to: query, over: .udp)
    let tcp = respond(to: query, over: .tcp)
    let isAnswered = query.count >= 12 && query[2] & 0x80 == 0
    guard isAnswered else {
      guard udp.isEmpty, tcp.isEmpty else { finding("a response to what is no query", query, udp, tcp) }
      return nil
    }
    let overUDP = decode(udp, query)
    let overTCP = decode(tcp, query)
    checkEcho(of: query, in: overUDP, udp)
    checkEcho(of: query, in: overTCP, tcp)
    if !isSteered { checkSizes(query, overUDP, udp, overTCP, tcp) }
    for response in [overUDP, overTCP] {
      if let problem = response.problem { finding(problem, query, udp, tcp) }
    }
    return overTCP
  }

  private func decode(_ response: [UInt8], _ query: [UInt8]) -> DecodedMessage {
    do {
      return try DecodedMessage(response)
    } catch {
      finding("a malformed response: \(error.reason)", query, response)
    }
  }

  /// ID, opcode and RD as asked, QR set; the question as asked, or none.
  private func checkEcho(of query: [UInt8], in response: DecodedMessage, _ octets: [UInt8]) {
    guard octets[0] == query[0], octets[1] == query[1] else { finding("another ID", query, octets) }
    guard response.isResponse else { finding("QR is not set", query, octets) }
    guard octets[2] & 0x79 == query[2] & 0x79 else { finding("another opcode or RD", query, octets) }
    // RA, Z, AD and CD: this server neither recurses nor validates.
    guard octets[3] & 0xf0 == 0 else { finding("flags that are never set", query, octets) }
    if response.question != nil {
      guard query.dropFirst(12).starts(with: response.questionOctets), query[4] == 0, query[5] == 1 else {
        finding("another question", query, octets)
      }
    } else {
      // FORMERR and NOTIMP, and nothing else, are found out before the question is read.
      guard [1, 4].contains(response.rcode), response.answer.isEmpty, response.authority.isEmpty else {
        finding("a response without its question", query, octets)
      }
    }
    if let opt = response.opt {
      guard opt.owner == [0], Int(opt.rrClass) == udpSize, opt.ttl & 0x00ff_7fff == 0 else {
        finding("a wrong OPT", query, octets)
      }
    }
    if let tsig = response.tsig {
      // BADKEY, without a MAC (RFC 8945 §5.2.1): no key is known here.
      guard response.rcode == 9, tsig.rrClass == 255, tsig.ttl == 0,
        tsig.rdata.suffix(8) == [0, 0, query[0], query[1], 0, 17, 0, 0]
      else { finding("a wrong TSIG", query, octets) }
    }
  }

  /// What is sent over UDP is what is sent over TCP, or TC tells that it is not (RFC 2181 §9).
  private func checkSizes(
    _ query: [UInt8], _ udp: DecodedMessage, _ udpOctets: [UInt8], _ tcp: DecodedMessage, _ tcpOctets: [UInt8]
  ) {
    var limit = 512
    if udp.opt != nil {
      // The OPT of a query that cannot be decoded may still have been read.
      let size = (try? DecodedMessage(query))?.opt?.rrClass ?? .max
      limit = min(max(512, Int(size)), udpSize)
    }
    guard udpOctets.count <= limit else {
      finding("\(udpOctets.count) octets over UDP, where \(limit) may be", query, udpOctets)
    }
    // An identifier is left out over UDP where it would not fit into 512 octets with an extended error, of 6.
    guard (udp.opt == nil) == (tcp.opt == nil), udp.opt?.rdata == tcp.opt?.rdata || tcpOctets.count > 506
    else {
      finding("OPT depends on the transport without need", query, udpOctets, tcpOctets)
    }
    if udp.isTruncated {
      guard tcpOctets.count > limit else { finding("TC without need", query, udpOctets, tcpOctets) }
      return
    }
    guard !tcp.isTruncated, udp.flags == tcp.flags, udp.rcode == tcp.rcode,
      Set(udp.answer) == Set(tcp.answer), Set(udp.authority) == Set(tcp.authority),
      Set(udp.additional).isSubset(of: tcp.additional)
    else { finding("cut without TC", query, udpOctets, tcpOctets) }
    if tcpOctets.count <= limit, udp.additional.count != tcp.additional.count || udp.tsig != tcp.tsig {
      finding("additional records left out without need", query, udpOctets, tcpOctets)
    }
  }
}
