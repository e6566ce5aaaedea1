public import DNSWire

/// The networks of which two trees each say one thing, in the order of addresses: those of IPv4, then those of IPv6.
///
/// IPv6 addresses that stand for IPv4 ones have what these have, and are left out.
public struct CommonLeaves: Sequence, IteratorProtocol {
  private let one: PrefixTree?
  private let other: PrefixTree?
  private var family = IPAddress.Family.v4
  /// Of the next network, left-aligned; nil: there is none.
  private var next128: UInt128? = 0

  /// - Parameters: trees; nil: one that says 0 of all addresses.
  public init(_ one: PrefixTree?, _ other: PrefixTree?) {
    self.one = one
    self.other = other
  }

  public mutating func next() -> (network: IPNetwork, values: (one: Int, other: Int))? {
    guard let bits = next128 else { return nil }
    let address =
      family == .v4
      ? IPAddress(v4: UInt32(truncatingIfNeeded: bits >> 96))
      : IPAddress(v6High: UInt64(truncatingIfNeeded: bits >> 64), low: UInt64(truncatingIfNeeded: bits))
    let leaves = [one, other].map { $0?.view.leaf(of: address) ?? PrefixTreeView.Leaf(value: 0, length: 0) }
    let length = leaves.map(\.length).max() ?? 0
    advance(from: bits, length)
    return (IPNetwork(address, length: length), (leaves[0].value, leaves[1].value))
  }

  private mutating func advance(from bits: UInt128, _ length: Int) {
    let (end, isBeyond) = bits.addingReportingOverflow(length == 0 ? 0 : 1 << UInt128(128 - length))
    if isBeyond || length == 0 {
      next128 = family == .v4 ? 0 : nil
      family = .v6
    } else {
      next128 = family == .v6 && [0xffff, 0x0064_ff9b << 64].contains(end >> 32) ? end + 1 << 32 : end
    }
  }
}
