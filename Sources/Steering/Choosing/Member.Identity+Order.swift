import DNSWire

extension Member.Identity {
  /// The form that identities are compared in: names in lower case (RFC 4343 §3).
  public var canonical: Member.Identity {
    switch self {
    case .address: self
    case .target(let name): .target(name.lowercased)
    }
  }

  /// Whether it comes before `other`: IPv4 before IPv6 before names, addresses by number, names by octets.
  func precedes(_ other: Member.Identity) -> Bool {
    switch (self, other) {
    case (.address(let one), .address(let two)):
      (one.family.rawValue, one.high, one.low) < (two.family.rawValue, two.high, two.low)
    case (.target(let one), .target(let two)): one.octets.lexicographicallyPrecedes(two.octets)
    case (.address, .target): true
    case (.target, .address): false
    }
  }

  /// What an identity's places in hash tables follow from.
  var key: UInt64 {
    switch self {
    case .address(let address):
      var mixer = Mixer(seed: UInt64(address.family.rawValue))
      mixer.add(address.high)
      mixer.add(address.low)
      return mixer.value
    case .target(let name):
      var mixer = Mixer(seed: 0)
      for octet in name.octets { mixer.add(UInt64(octet)) }
      return mixer.value
    }
  }
}
