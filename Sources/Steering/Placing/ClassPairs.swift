public import DNSWire
internal import Locations

/// Which clients are of which classes in two versions of a zone.
public struct ClassPairs: Sendable {
  /// Clients of one class in the one version, and of one in the other.
  public struct Pair: Sendable {
    public let old: Int
    public let new: Int
    /// The widest of their networks, of equal ones the first.
    public fileprivate(set) var network: IPNetwork
    /// How many networks they are in.
    public fileprivate(set) var networkCount: Int
  }

  /// In the order of their first addresses, IPv4 before IPv6.
  public private(set) var pairs: [Pair] = []

  /// - Parameters: of the versions; nil: all clients are of one class.
  public init(_ old: ClientClasses?, _ new: ClientClasses?) {
    var known: [UInt64: Int] = [:]
    for (network, values) in CommonLeaves(old?.tree, new?.tree) {
      let key = UInt64(values.one) << 32 | UInt64(values.other)
      guard let index = known[key] else {
        known[key] = pairs.count
        pairs.append(Pair(old: values.one, new: values.other, network: network, networkCount: 1))
        continue
      }
      pairs[index].networkCount += 1
      let widest = pairs[index].network
      if network.address.family == widest.address.family, network.length < widest.length {
        pairs[index].network = network
      }
    }
  }
}
