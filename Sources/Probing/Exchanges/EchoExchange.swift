import DNSWire
import Health

/// An echo request (RFC 792, RFC 4443 §4.1) and its reply. The system fills in identifier and checksum, and hands
/// over only what is for that identifier.
struct EchoExchange: Exchange {
  /// Messages that are no reply to the request, after which no more are waited for.
  private static let mostStrays = 16

  private let family: IPAddress.Family
  /// What the request holds and the reply must: 16 octets that nobody can guess.
  private let token: [UInt8]
  private var strays = 0

  init(_ family: IPAddress.Family) {
    self.family = family
    token = (0..<16).map { _ in .random(in: 0...UInt8.max) }
  }

  /// Type, code, checksum, identifier, sequence number.
  func open() -> ExchangeStep { .send([family == .v4 ? 8 : 128, 0, 0, 0, 0, 0, 0, 1] + token) }

  mutating func receive(_ octets: Span<UInt8>) -> ExchangeStep {
    let reply: UInt8 = family == .v4 ? 0 : 129
    if octets.count == 8 + token.count, octets[0] == reply, octets[1] == 0,
      token.indices.allSatisfy({ octets[8 + $0] == token[$0] })
    {
      return .finish(.success("echo reply"))
    }
    strays += 1
    return strays < Self.mostStrays
      ? .wait : .finish(.failure(.malformed, "what comes is not a reply to the echo request"))
  }

  func end() -> ProbeResult { .failure(.closed, "closed before a reply came") }

  var awaited: String { "the echo reply" }
}
