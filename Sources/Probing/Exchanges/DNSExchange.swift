import DNSWire
import Health
import Steering
import Zones

/// Asks a question over UDP, or over TCP when the response does not fit (RFC 7766 §5).
struct DNSExchange: Exchange {
  /// Datagrams that answer something else, after which no more are waited for.
  private static let mostStrays = 16

  private let question: DNSQuestion
  private let isStream: Bool
  private let id: UInt16
  private var strays = 0
  /// Of a stream, what has come so far.
  private var received: [UInt8] = []

  /// - Parameter id: one that nobody can guess (RFC 5452 §4.3).
  init(_ question: DNSQuestion, isStream: Bool, id: UInt16 = .random(in: 0...UInt16.max)) {
    self.question = question
    self.isStream = isStream
    self.id = id
  }

  func open() -> ExchangeStep {
    if case .impossible = question.answer {
      let type = question.type.mnemonic
      return .finish(.failure(.local, "answer=\(question.answerText) is not the data of any \(type) record"))
    }
    let query = question.query(id: id)
    return .send(isStream ? [UInt8(query.count >> 8), UInt8(query.count & 0xff)] + query : query)
  }

  mutating func receive(_ octets: Span<UInt8>) -> ExchangeStep {
    guard isStream else { return judge(octets.indices.map { octets[$0] }) }
    for index in octets.indices { received.append(octets[index]) }
    guard received.count >= 2 else { return .wait }
    let length = Int(received[0]) << 8 | Int(received[1])
    guard received.count - 2 >= length else { return .wait }
    let step = judge(Array(received[2..<2 + length]))
    return step == .wait ? .finish(.failure(.malformed, "the response is to another query")) : step
  }

  func end() -> ProbeResult { .failure(.closed, "closed before the response was complete") }

  var awaited: String { received.isEmpty ? "the response" : "the rest of the response" }

  private mutating func judge(_ message: [UInt8]) -> ExchangeStep {
    var reader = DNSMessageReader(message)
    guard let id = reader.uint16(), let flags = reader.uint16(), let questions = reader.uint16(),
      let answers = reader.uint16(), reader.take(4) != nil
    else { return isStream ? .finish(malformed) : stray() }
    // Also opcode QUERY.
    guard id == self.id, flags & 0xf800 == 0x8000 else { return stray() }
    let rcode = Rcode(rawValue: flags & 15)
    // With an error, servers may leave the question out.
    if questions != 0 || rcode == .noError {
      guard questions == 1, let name = reader.name(), let kind = reader.take(4) else {
        return .finish(malformed)
      }
      guard name == question.name, kind == question.kind[...] else { return stray() }
    }
    guard rcode == question.rcode else {
      return .finish(.failure(.code, "\(rcode.mnemonic) in place of \(question.rcode.mnemonic)"))
    }
    if flags & 0x0200 != 0, !isStream { return .askOverStream }
    guard case .data(let wanted) = question.answer else { return .finish(.success(rcode.mnemonic)) }
    return .finish(find(wanted, in: answers, &reader))
  }

  /// What has to do with another query, or with none, is dropped.
  private mutating func stray() -> ExchangeStep {
    strays += 1
    return strays < Self.mostStrays ? .wait : .finish(malformed)
  }

  private var malformed: ProbeResult { .failure(.malformed, "what comes is not a response to the query") }

  private func find(_ wanted: [UInt8], in count: UInt16, _ reader: inout DNSMessageReader) -> ProbeResult {
    for _ in 0..<count {
      guard reader.name() != nil, let type = reader.uint16(), let rrClass = reader.uint16(),
        reader.take(4) != nil, let length = reader.uint16(),
        let data = reader.data(of: RRType(rawValue: type), count: Int(length))
      else { return malformed }
      if type == question.type.rawValue, rrClass == RRClass.internet.rawValue, data == wanted {
        return .success("found what was expected")
      }
    }
    return .failure(
      .content, "answer=\(String(shown: question.answerText.utf8)) is not among \(count) records")
  }
}
