import DNSWire

extension Member.Identity {
  var isIPv6: Bool {
    if case .address(let address) = self { address.family == .v6 } else { false }
  }

  /// As `member=` has it.
  public var text: String {
    switch self {
    case .address(let address): "\(address)"
    case .target(let name): "\(name)"
    }
  }
}
