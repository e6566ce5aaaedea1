public import DNSWire

/// From what an answer sticks to, to a turn of a schedule. Other servers of a zone come to the same turn, and so does
/// who explains it.
public enum StickyHash {
  /// The client's network: 24 bits of an IPv4 address, 56 of an IPv6 one, as resolvers shorten them (RFC 7871 §11.1).
  @inline(__always)
  public static func key(of client: IPAddress) -> UInt64 {
    client.family == .v4 ? client.low >> 8 : client.high >> 8 | 1 << 63
  }

  /// How many bits of the address the key depends on: 24 or 56; or all 128 of IPv6 addresses whose 56 bits they share
  /// with those that stand for IPv4 addresses, which have keys of their own.
  @inline(__always)
  static func scope(of client: IPAddress) -> Int {
    if client.family == .v4 { return 24 }
    let network = client.high >> 8
    return network == 0 || network == 0x64_ff9b_0000_00 ? 128 : 56
  }

  /// A turn in 0..<count. The key is mixed first (the finalizer of SplitMix64).
  @inline(__always)
  public static func turn(of key: UInt64, among count: Int) -> Int {
    var mixed = key &+ 0x9e37_79b9_7f4a_7c15
    mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
    mixed ^= mixed >> 31
    return Int(truncatingIfNeeded: mixed.multipliedFullWidth(by: UInt64(truncatingIfNeeded: count)).high)
  }
}
