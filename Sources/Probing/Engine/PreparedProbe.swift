import Steering

/// A probe of one member, with all worked out that does not change from one time to the next.
enum PreparedProbe: Sendable {
  case tcp(send: [UInt8], expect: SubstringSearch)
  case http(request: [UInt8], HTTPExpectation, isHead: Bool)
  case agent(send: [UInt8])

  /// Nil for checks that are not probed.
  init?(_ check: CheckDefinition, of member: Member.Identity) {
    switch check.probe {
    case .tcp(let send, let expect): self = .tcp(send: send, expect: SubstringSearch(expect))
    case .http(let probe):
      let request = HTTPRequest.octets(probe, of: member, port: check.port ?? 80, defaultPort: 80)
      self = .http(request: request, HTTPExpectation(probe), isHead: probe.method == .head)
    case .agent(let send): self = .agent(send: send)
    case .https, .dns, .icmp, .heartbeat, .always: return nil
    }
  }

  /// A new talk.
  var exchange: any Exchange {
    switch self {
    case .tcp(let send, let expect): TCPExchange(send: send, expect: expect)
    case .http(let request, let expectation, let isHead):
      HTTPExchange(request: request, expectation: expectation, isHead: isHead)
    case .agent(let send): AgentExchange(send: send)
    }
  }

  /// Whether the member waits for octets of ours before it sends any, or is to send none at all.
  var sendsFirst: Bool {
    switch self {
    case .tcp(let send, let expect): !send.isEmpty || expect.isFound
    case .http: true
    case .agent(let send): !send.isEmpty
    }
  }
}
