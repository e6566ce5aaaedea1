public import Answering
internal import DNSWire

/// Why an endpoint cannot be listened on.
public enum ListenError: Error, Hashable, Sendable {
  /// A system call failed.
  case failed(Endpoint, TransportKind, Errno)
  /// Two of the endpoints asked for want the same address and port.
  case covered(Endpoint, by: Endpoint)
}

extension ListenError: CustomStringConvertible {
  /// One line: what failed, why, and what helps.
  public var description: String {
    switch self {
    case .failed(let endpoint, let transport, let error):
      let name = transport == .udp ? "UDP" : "TCP"
      let line = "cannot listen on \(endpoint.address) port \(endpoint.port) (\(name)): \(error)"
      guard let help = Self.help(for: error, at: endpoint) else { return line }
      return "\(line); \(help)"
    case .covered(let endpoint, let other) where endpoint == other:
      return "cannot listen on \(endpoint.address) port \(endpoint.port): it is given twice"
    case .covered(let endpoint, let other):
      return "cannot listen on \(endpoint.address) port \(endpoint.port): "
        + "\(other.address) port \(other.port) covers it"
    }
  }

  private static func help(for error: Errno, at endpoint: Endpoint) -> String? {
    switch error {
    case .permissionDenied: "run as root or grant CAP_NET_BIND_SERVICE"
    case .addressInUse: "another server has the port"
    case .addressNotAvailable: "no interface has the address"
    case .familyNotSupported: "\(endpoint.address.family == .v6 ? "IPv6" : "IPv4") is off on this machine"
    case .tooManyOpenFiles: "raise the limit of open files (ulimit -n)"
    default: nil
    }
  }
}
