import Steering

/// A probe of one member, with all worked out that does not change from one time to the next.
enum PreparedProbe {
  case tcp(send: [UInt8], expect: SubstringSearch)
  case http(request: [UInt8], HTTPExpectation, isHead: Bool)
  case https(request: [UInt8], HTTPExpectation, isHead: Bool, TLSContext, host: String)
  case agent(send: [UInt8])

  /// Nil for checks that are not probed.
  ///
  /// - Parameter context: gives what TLS sessions of such verification have in common.
  init?(
    _ check: CheckDefinition, of member: Member.Identity, context: (TLSVerification) -> TLSContext
  ) {
    switch check.probe {
    case .tcp(let send, let expect): self = .tcp(send: send, expect: SubstringSearch(expect))
    case .http(let probe):
      let request = HTTPRequest.octets(probe, of: member, port: check.port ?? 80, defaultPort: 80)
      self = .http(request: request, HTTPExpectation(probe), isHead: probe.method == .head)
    case .https(let probe, let verification):
      let request = HTTPRequest.octets(probe, of: member, port: check.port ?? 443, defaultPort: 443)
      self = .https(
        request: request, HTTPExpectation(probe), isHead: probe.method == .head, context(verification),
        host: probe.host ?? HTTPRequest.host(of: member))
    case .agent(let send): self = .agent(send: send)
    case .dns, .icmp, .heartbeat, .always: return nil
    }
  }

  /// A new talk.
  var exchange: any Exchange {
    switch self {
    case .tcp(let send, let expect): TCPExchange(send: send, expect: expect)
    case .http(let request, let expectation, let isHead):
      HTTPExchange(request: request, expectation: expectation, isHead: isHead)
    case .https(let request, let expectation, let isHead, let context, let host):
      TLSExchange(
        HTTPExchange(request: request, expectation: expectation, isHead: isHead), in: context, host: host)
    case .agent(let send): AgentExchange(send: send)
    }
  }

  /// Whether the member waits for octets of ours before it sends any, or is to send none at all.
  var sendsFirst: Bool {
    switch self {
    case .tcp(let send, let expect): !send.isEmpty || expect.isFound
    case .http, .https: true
    case .agent(let send): !send.isEmpty
    }
  }
}
