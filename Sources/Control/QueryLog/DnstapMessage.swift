internal import Answering
internal import DNSWire
internal import Transport

/// A query and its response as two of dnstap's messages, in the encoding of Protocol Buffers (dnstap.proto).
struct DnstapMessage {
  /// `Message.Type`.
  private enum Kind: UInt64 {
    case authQuery = 1
    case authResponse = 2
  }

  private let answered: AnsweredQuery
  private let identity: [UInt8]
  private let version: [UInt8]

  /// - Parameters:
  ///   - identity: of this server; empty: none.
  ///   - version: of its software.
  init(_ answered: AnsweredQuery, identity: [UInt8], version: [UInt8]) {
    self.answered = answered
    self.identity = identity
    self.version = version
  }

  /// `AUTH_QUERY` and `AUTH_RESPONSE`.
  var frames: [[UInt8]] { [frame(.authQuery), frame(.authResponse)] }

  private func frame(_ kind: Kind) -> [UInt8] {
    var message = ProtocolBuffer()
    message.append(kind.rawValue, to: 1)
    message.append(answered.client.address.family == .v4 ? 1 : 2, to: 2)
    message.append(answered.transport == .udp ? 1 : 2, to: 3)
    let address = answered.client.address
    message.append(address.octets(for: address.family == .v4 ? .a : .aaaa), to: 4)
    message.append(UInt64(answered.client.port), to: 6)
    let (seconds, nanoseconds) = answered.time.quotientAndRemainder(dividingBy: 1_000_000_000)
    message.append(UInt64(seconds), to: 8)
    message.append(fixed: UInt32(nanoseconds), to: 9)
    switch kind {
    case .authQuery:
      message.append(answered.query, to: 10)
    case .authResponse:
      message.append(UInt64(seconds), to: 12)
      message.append(fixed: UInt32(nanoseconds), to: 13)
      message.append(answered.response, to: 14)
    }
    var dnstap = ProtocolBuffer()
    if !identity.isEmpty { dnstap.append(identity, to: 1) }
    dnstap.append(version, to: 2)
    dnstap.append(message.octets, to: 14)
    // `MESSAGE`.
    dnstap.append(1, to: 15)
    return dnstap.octets
  }
}
