import DNSWire
import Steering
import Zones

/// What a DNS probe asks, and what the response must be.
struct DNSQuestion: Sendable {
  enum Answer: Sendable {
    case any
    /// Of some record, in the form of `DNSMessageReader.data`.
    case data([UInt8])
    /// The check asks for what is no data of its type.
    case impossible
  }

  /// In lower case.
  let name: [UInt8]
  let type: RRType
  /// Type and class, as in a message.
  let kind: [UInt8]
  let rcode: Rcode
  let answer: Answer
  /// As the check has it.
  let answerText: String

  init(_ probe: DNSProbe) {
    type = probe.type
    rcode = probe.rcode
    name = probe.query.lowercased.octets
    kind = [UInt8(type.rawValue >> 8), UInt8(type.rawValue & 0xff), 0, UInt8(RRClass.internet.rawValue)]
    answerText = probe.answer ?? ""
    if let text = probe.answer {
      answer =
        ZoneFileReader.rdata(text, of: type).map { octets in
          var reader = DNSMessageReader(octets)
          return reader.data(of: probe.type, count: octets.count).map(Answer.data) ?? .impossible
        } ?? .impossible
    } else {
      answer = .any
    }
  }

  /// A query (RFC 1035 §4.1): recursion is desired, which servers of zones take no notice of.
  func query(id: UInt16) -> [UInt8] {
    [UInt8(id >> 8), UInt8(id & 0xff), 0x01, 0x00, 0, 1, 0, 0, 0, 0, 0, 0] + name + kind
  }
}
