import Health

/// What one probe and a member say to each other: octets in, octets out, and in the end a result. Pure; whoever
/// moves the octets also keeps the time. Ends by itself after a bounded number of octets, whatever they are.
protocol Exchange {
  /// The connection is there.
  mutating func open() -> ExchangeStep

  /// Octets have come in: of a stream at least one, else a datagram, which may be empty.
  mutating func receive(_ octets: Span<UInt8>) -> ExchangeStep

  /// The member has ended the connection.
  mutating func end() -> ProbeResult

  /// The result if nothing else comes in; nil: it is open.
  var decided: ProbeResult? { get }

  /// What the member owes, as in "the response took longer than 1s".
  var awaited: String { get }
}

extension Exchange {
  var decided: ProbeResult? { nil }
}

/// What is to be done next.
enum ExchangeStep: Equatable {
  /// Wait for octets.
  case wait
  case send([UInt8])
  case finish(ProbeResult)
  /// Send, and do not wait for anything.
  case finishAfter([UInt8], ProbeResult)
  /// The response does not fit a datagram: ask once more, over a stream.
  case askOverStream
}
