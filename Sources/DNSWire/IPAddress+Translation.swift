extension IPAddress {
  /// The IPv4 address that a translator's IPv6 address stands for (64:ff9b::/96, RFC 6052 §2.1); others as they are.
  @inlinable
  public var untranslated: IPAddress {
    family == .v6 && high == 0x0064_ff9b_0000_0000 && low >> 32 == 0
      ? IPAddress(v4: UInt32(truncatingIfNeeded: low)) : self
  }
}
