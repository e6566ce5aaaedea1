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
