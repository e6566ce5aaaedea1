import Health

/// Before there is a connection.
struct NoExchange: Exchange {
  let awaited: String

  func open() -> ExchangeStep { .wait }
  func receive(_ octets: Span<UInt8>) -> ExchangeStep { .wait }
  func end() -> ProbeResult { .failure(.closed, "closed before anything came") }
}
