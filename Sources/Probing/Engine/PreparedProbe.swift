import DNSWire
import Steering

/// A probe of one member, with all worked out that does not change from one time to the next.
enum PreparedProbe {
  case tcp(send: [UInt8], expect: SubstringSearch)
  case http(request: [UInt8], HTTPExpectation, isHead: Bool)
  case https(request: [UInt8], HTTPExpectation, isHead: Bool, TLSContext, host: String)
  case agent(send: [UInt8])
  case dns(DNSQuestion)
  case icmp
  case program(Program)

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
    case .dns(let probe): self = .dns(DNSQuestion(probe))
    case .icmp: self = .icmp
    case .exec(let command): self = .program(Program(command, check, of: member, path: System.path))
    case .heartbeat, .always: return nil
    }
  }

  /// What octets go by, unless the member asks for a stream.
  var transport: ProbeTransport {
    switch self {
    case .tcp(let send, let expect): .stream(sendsFirst: !send.isEmpty || expect.isFound)
    case .http, .https: .stream(sendsFirst: true)
    case .agent(let send): .stream(sendsFirst: !send.isEmpty)
    case .dns: .datagram
    case .icmp: .echo
    case .program: .program
    }
  }

  /// A new talk, with a member of an address of `family`.
  func makeExchange(over transport: ProbeTransport, _ family: IPAddress.Family) -> any Exchange {
    switch self {
    case .tcp(let send, let expect): TCPExchange(send: send, expect: expect)
    case .http(let request, let expectation, let isHead):
      HTTPExchange(request: request, expectation: expectation, isHead: isHead)
    case .https(let request, let expectation, let isHead, let context, let host):
      TLSExchange(
        HTTPExchange(request: request, expectation: expectation, isHead: isHead), in: context, host: host)
    case .agent(let send): AgentExchange(send: send)
    case .dns(let question): DNSExchange(question, isStream: transport.isStream)
    case .icmp: EchoExchange(family)
    case .program: NoExchange(awaited: "the program")
    }
  }
}
