import DNSWire
import TestSupport
import Testing

@testable import Locations

@Suite struct CommonLeavesTests {
  private static func texts(_ one: PrefixTree?, _ other: PrefixTree?) -> [String] {
    CommonLeaves(one, other).map { "\($0.network) \($0.values.one) \($0.values.other)" }
  }

  private static func tree(_ text: String, _ value: UInt32) throws -> PrefixTree {
    let network = try IPNetwork(text)
    return try #require(
      PrefixTree(
        AddressTable([.init(network.address, length: network.length, value: value)], outside: 0)))
  }

  @Test func partsOfBoth() throws {
    #expect(Self.texts(nil, nil) == ["0.0.0.0/0 0 0", "::/0 0 0"])
    let upper = try Self.tree("128.0.0.0/1", 7)
    #expect(Self.texts(upper, nil).prefix(2) == ["0.0.0.0/1 0 0", "128.0.0.0/1 7 0"])
    let quarter = try Self.tree("192.0.0.0/2", 8)
    #expect(
      Self.texts(upper, quarter).prefix(3) == ["0.0.0.0/1 0 0", "128.0.0.0/2 7 0", "192.0.0.0/2 7 8"])
    let newer = try Self.tree("8000::/1", 7)
    #expect(Self.texts(nil, newer) == ["0.0.0.0/0 0 0", "::/1 0 0", "8000::/1 0 7"])
  }

  /// All addresses come once, in order, but those that stand for IPv4 ones; each network is of one value in both.
  @Test func allAddressesComeOnce() throws {
    var source = RandomNetworks(random: SplitMix64.random())
    print("seed \(source.random.seed)")
    for _ in 0..<50 {
      let naive = (0..<2).map { _ in
        NaiveTable(networks: source.networks(.v4, count: 20) + source.networks(.v6, count: 20), outside: 0)
      }
      let trees = try naive.map { try #require(PrefixTree(AddressTable($0.networks, outside: 0))) }
      var end: (family: IPAddress.Family, bits: UInt128) = (.v4, 0)
      for (network, values) in CommonLeaves(trees[0], trees[1]) {
        let bits = network.address.bits
        if network.address.family != end.family {
          #expect(end == (.v4, 0) && bits == 0)
        } else {
          let skipped = [UInt128(0xffff) << 32, 0x0064_ff9b << 96].contains(end.bits) ? UInt128(1) << 32 : 0
          #expect(bits == end.bits + skipped, "\(network)")
        }
        for (table, value) in zip(naive, [values.one, values.other]) {
          let edges = table.edges(network.address.family)
          let isUniform = table.isUniform(
            bits, network.length, network.address.family, UInt32(value), edges)
          #expect(isUniform, "\(network)")
        }
        let size: UInt128 = network.length == 0 ? 0 : 1 << UInt128(128 - network.length)
        end = (network.address.family, bits &+ size)
      }
      #expect(end == (.v6, 0))
    }
  }
}
