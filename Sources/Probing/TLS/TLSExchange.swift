import Health
import Steering

/// An exchange within TLS. The certificate is verified before anything of the inner one is sent.
struct TLSExchange: Exchange {
  /// Octets that may come in, whatever is in them: four times what an inner exchange reads.
  static let limit = 524_288

  private let host: String
  private let verifies: Bool
  private let session: Result<TLSSession, TLSContext.Failure>
  private var inner: any Exchange
  private var isUp = false
  private var received = 0

  /// - Parameter host: the name or address of which the member must have a certificate.
  init(_ inner: any Exchange, in context: TLSContext, host: String) {
    self.inner = inner
    self.host = host
    verifies = context.verification != .none
    session = Result { () throws(TLSContext.Failure) in try TLSSession(context, host: host) }
  }

  mutating func open() -> ExchangeStep {
    switch session {
    case .failure(let failure): return .finish(.failure(.local, "\(failure)"))
    case .success(let session):
      _ = session.handshake()
      return .send(session.takeOutput())
    }
  }

  mutating func receive(_ octets: Span<UInt8>) -> ExchangeStep {
    guard case .success(let session) = session else { return .wait }
    received += octets.count
    guard received <= Self.limit else {
      return .finish(decided ?? .failure(.tls, "more came than any response needs"))
    }
    session.receive(octets)
    if !isUp {
      if let step = shakeHands(in: session) { return step }
      let step = inner.open()
      if let outer = heed(step, in: session) { return outer }
    }
    return read(in: session)
  }

  mutating func end() -> ProbeResult {
    guard isUp else { return .failure(.closed, "closed before there was a TLS session") }
    let result = inner.end()
    return complete(result)
  }

  var decided: ProbeResult? { isUp ? inner.decided.map(complete) : nil }

  var awaited: String { isUp ? inner.awaited : "the TLS session" }

  /// Goes on with the handshake; nil: it is done, and the certificate is good.
  private mutating func shakeHands(in session: TLSSession) -> ExchangeStep? {
    switch session.handshake() {
    case .failed(let text): return .finish(complete(.failure(.tls, "no TLS session: \(text)")))
    case .waiting:
      let output = session.takeOutput()
      return output.isEmpty ? .wait : .send(output)
    case .done: break
    }
    if verifies, let failure = session.verificationFailure {
      return .finish(complete(.failure(.certificate, "certificate for \(host): \(failure)")))
    }
    isUp = true
    return nil
  }

  /// Hands what came to the inner exchange.
  private mutating func read(in session: TLSSession) -> ExchangeStep {
    var plain = [UInt8](repeating: 0, count: 4_096)
    while true {
      let (count, progress) = session.read(into: &plain)
      switch progress {
      case .failed(let text):
        return .finish(decided ?? complete(.failure(.tls, "TLS session broken: \(text)")))
      case .waiting:
        let output = session.takeOutput()
        return output.isEmpty ? .wait : .send(output)
      case .done:
        guard count > 0 else { return .finish(end()) }
        let step = inner.receive(plain.span.extracting(0..<count))
        if let outer = heed(step, in: session) { return outer }
      }
    }
  }

  /// Does within TLS what the inner exchange wants; nil: there may be more to be read.
  private func heed(_ step: ExchangeStep, in session: TLSSession) -> ExchangeStep? {
    switch step {
    case .wait, .askOverStream: return nil
    case .send(let octets):
      session.write(octets)
      return nil
    case .finish(let result): return .finish(complete(result))
    case .finishAfter(let octets, let result):
      session.write(octets)
      return .finishAfter(session.takeOutput(), complete(result))
    }
  }

  private func complete(_ result: ProbeResult) -> ProbeResult {
    var result = result
    if case .success(let session) = session { result.certificateExpiry = session.certificateExpiry }
    return result
  }
}
