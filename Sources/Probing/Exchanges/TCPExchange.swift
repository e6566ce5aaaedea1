import Health
import Steering

/// Connects, sends what is to be sent, and looks for what is expected.
struct TCPExchange: Exchange {
  /// What may come in before the expected octets have to be there.
  static let limit = 65_536

  private let message: [UInt8]
  private var search: SubstringSearch
  private var received = 0

  init(send message: [UInt8], expect: SubstringSearch) {
    self.message = message
    search = expect
  }

  mutating func open() -> ExchangeStep {
    guard search.isFound else { return message.isEmpty ? .wait : .send(message) }
    return message.isEmpty ? .finish(.success("connected")) : .finishAfter(message, .success("connected"))
  }

  mutating func receive(_ octets: Span<UInt8>) -> ExchangeStep {
    for index in octets.indices {
      guard received < Self.limit else { break }
      received += 1
      search.take(octets[index])
      if search.isFound { return .finish(.success("found what was expected")) }
    }
    guard received < Self.limit else {
      return .finish(.failure(.content, "\(expected) is not in the first \(Self.limit) octets"))
    }
    return .wait
  }

  mutating func end() -> ProbeResult {
    received == 0
      ? .failure(.closed, "closed before anything came")
      : .failure(.content, "\(expected) is not in the \(received) octets that came")
  }

  var awaited: String { received == 0 ? "the first octet" : expected }

  private var expected: String { "expect=\(String(shown: search.pattern))" }
}
