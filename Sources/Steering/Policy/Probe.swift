/// What a check does to find out whether a member is up.
public enum Probe: Hashable, Sendable {
  /// Connects, sends `send` if there is any, and looks for `expect`, if any, in what comes back.
  case tcp(send: [UInt8], expect: [UInt8])
  case http(HTTPProbe)
  case https(HTTPProbe, TLSVerification)
  case dns(DNSProbe)
  case icmp
  /// HAProxy's agent-check protocol: connects, sends `send` if there is any, and reads a line.
  case agent(send: [UInt8])
  /// Runs a program with its arguments, which is found by its path; its exit status decides.
  case exec(command: [String])
  case heartbeat
  case always

  public var kind: CheckDefinition.Kind {
    switch self {
    case .tcp: .tcp
    case .http: .http
    case .https: .https
    case .dns: .dns
    case .icmp: .icmp
    case .agent: .agent
    case .exec: .exec
    case .heartbeat: .heartbeat
    case .always: .always
    }
  }
}
