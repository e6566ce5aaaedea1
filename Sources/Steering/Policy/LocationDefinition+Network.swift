import DNSWire

extension LocationDefinition.Network {
  /// The same network with the other sign.
  var negated: Self { Self(address, length: length, isNegated: !isNegated) }

  /// The network of `length` bits, at most as many as it has, that it is in.
  func shortened(to length: Int) -> Self {
    Self(address.prefix(length), length: length, isNegated: isNegated)
  }

  /// As an APL record has it (RFC 3123 §5).
  var text: String {
    "\(isNegated ? "!" : "")\(address.family == .v4 ? 1 : 2):\(address)/\(length)"
  }
}

extension IPAddress {
  /// The address with zeros after its first `length` bits, 0...32 or 0...128.
  func prefix(_ length: Int) -> IPAddress {
    switch family {
    case .v4: IPAddress(v4: UInt32(truncatingIfNeeded: low) & ~(UInt32.max >> UInt32(length)))
    case .v6:
      IPAddress(
        v6High: high & ~(UInt64.max >> UInt64(length)),
        low: low & ~(UInt64.max >> UInt64(max(0, length - 64))))
    }
  }
}
