import DNSWire

extension Member.Identity {
  /// The form to compare by: names do not differ by letter case (RFC 4343).
  var comparable: Member.Identity {
    switch self {
    case .address: self
    case .target(let name): .target(name.lowercased)
    }
  }

  var isIPv6: Bool {
    if case .address(let address) = self { address.family == .v6 } else { false }
  }

  /// As `member=` has it.
  var text: String {
    switch self {
    case .address(let address): "\(address)"
    case .target(let name): "\(name)"
    }
  }
}
