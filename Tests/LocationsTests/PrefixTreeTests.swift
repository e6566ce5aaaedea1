import DNSWire
import TestSupport
import Testing

@testable import Locations

@Suite struct PrefixTreeTests {
  private static func tree(_ networks: [AddressTable.Network], outside: UInt32 = 0) throws -> PrefixTree {
    try #require(PrefixTree(AddressTable(networks, outside: outside)))
  }

  private static func network(_ text: String, _ value: UInt32) -> AddressTable.Network {
    let parts = text.split(separator: "/")
    return AddressTable.Network(IPAddress(parts[0])!, length: Int(parts[1])!, value: value)
  }

  @Test(
    arguments: [
      // Networks and their values, an address, and its leaf.
      ([], "192.0.2.1", 0, 0),
      ([], "2001:db8::1", 0, 0),
      ([("0.0.0.0/0", 7)], "192.0.2.1", 7, 0),
      ([("0.0.0.0/0", 7)], "::1", 0, 81),
      ([("10.0.0.0/8", 1)], "10.255.255.255", 1, 8),
      ([("10.0.0.0/8", 1)], "11.0.0.0", 0, 8),
      ([("10.0.0.0/8", 1)], "9.255.255.255", 0, 7),
      ([("10.0.0.0/8", 1)], "128.0.0.0", 0, 1),
      // A network inside another takes the other apart.
      ([("10.0.0.0/8", 1), ("10.1.0.0/16", 2)], "10.1.2.3", 2, 16),
      ([("10.0.0.0/8", 1), ("10.1.0.0/16", 2)], "10.0.2.3", 1, 16),
      ([("10.0.0.0/8", 1), ("10.1.0.0/16", 2)], "10.2.2.3", 1, 15),
      ([("10.0.0.0/8", 1), ("10.1.0.0/16", 2)], "10.128.2.3", 1, 9),
      ([("10.1.0.0/16", 2), ("10.0.0.0/8", 1)], "10.1.2.3", 2, 16),
      // Equal neighbours are one.
      ([("10.0.0.0/9", 1), ("10.128.0.0/9", 1)], "10.200.0.0", 1, 8),
      ([("0.0.0.0/1", 1), ("128.0.0.0/1", 1)], "10.200.0.0", 1, 0),
      ([("10.0.0.0/8", 1), ("10.1.0.0/16", 1)], "10.1.2.3", 1, 8),
      // Of equal networks the last counts.
      ([("10.0.0.0/8", 1), ("10.0.0.0/8", 2)], "10.1.2.3", 2, 8),
      ([("192.0.2.1/32", 3)], "192.0.2.1", 3, 32),
      ([("192.0.2.1/32", 3)], "192.0.2.0", 0, 32),
      ([("255.255.255.255/32", 3)], "255.255.255.255", 3, 32),
      ([("2001:db8::/32", 4)], "2001:db8:ffff::", 4, 32),
      ([("2001:db8::/32", 4), ("2001:db8::1/128", 5)], "2001:db8::1", 5, 128),
      ([("2001:db8::/32", 4), ("2001:db8::1/128", 5)], "2001:db8::", 4, 128),
      ([("2001:db8::/32", 4), ("2001:db8::1/128", 5)], "2001:db8:8000::", 4, 33),
      (
        [("ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff/128", 4)], "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", 4,
        128
      ),
      // Families do not mix.
      ([("10.0.0.0/8", 1)], "a00::", 0, 5),
      ([("::/0", 9)], "10.0.0.0", 0, 0),
      // What stands for an IPv4 address has that one's value, and is apart from what lies around it.
      ([("10.0.0.0/8", 1)], "64:ff9b::10.1.2.3", 1, 104),
      ([("10.0.0.0/8", 1)], "64:ff9b::1.2.3.4", 0, 101),
      ([("10.0.0.0/8", 1)], "64:ff9b::1:0:0", 0, 96),
      ([("10.0.0.0/8", 1)], "2001:db8::", 0, 3),
      ([("64:ff9b::/96", 6)], "64:ff9b::10.1.2.3", 0, 0),
    ] as [([(String, UInt32)], String, Int, Int)])
  func leaf(_ networks: [(String, UInt32)], _ address: String, _ value: Int, _ length: Int) throws {
    let tree = try Self.tree(networks.map { Self.network($0.0, $0.1) })
    #expect(tree.view.leaf(of: try #require(IPAddress(address))) == .init(value: value, length: length))
  }

  /// Random trees, random addresses: the value is that of the longest network; the leaf's addresses all have it; one
  /// bit less and they would not.
  @Test(arguments: [IPAddress.Family.v4, .v6])
  func leavesAreTrue(_ family: IPAddress.Family) throws {
    var source = RandomNetworks(random: SplitMix64.random())
    let seed = source.random.seed
    print("seed \(seed)")
    for _ in 0..<150 {
      let count = Int.random(in: 0...30, using: &source.random)
      let naive = NaiveTable(
        networks: (source.networks(.v4, count: count) + source.networks(.v6, count: count))
          .shuffled(using: &source.random),
        outside: UInt32.random(in: 0...3, using: &source.random))
      let table = AddressTable(naive.networks, outside: naive.outside)
      let tree = try #require(PrefixTree(table))
      let edges = naive.edges(family)
      let places = edges + edges.map { $0 &- 1 } + (0..<50).map { _ in source.address(family).bits }
      for bits in places {
        let address = IPAddress(family, bits: bits)
        let leaf =
          family == .v4
          ? tree.view.leaf(of: address)
          : tree.view.leaf(v6High: UInt64(bits >> 64), low: UInt64(bits & (1 << 64 - 1)))
        let value = naive.value(of: bits, family)
        guard leaf.value == value, table[address.untranslated] == value else {
          Issue.record("seed \(seed): \(address) has \(leaf.value), not \(value), among \(naive.networks)")
          return
        }
        guard naive.isUniform(bits, leaf.length, family, value, edges) else {
          Issue.record("seed \(seed): \(address)/\(leaf.length) is not uniform among \(naive.networks)")
          return
        }
        if leaf.length > 0, naive.isUniform(bits, leaf.length - 1, family, value, edges) {
          Issue.record("seed \(seed): \(address)/\(leaf.length) could be wider among \(naive.networks)")
          return
        }
      }
    }
  }

  /// Trees of all sizes of roots.
  @Test(arguments: [100, 5_000, 100_000]) func largeTrees(_ count: Int) throws {
    var random = SplitMix64.random()
    print("seed \(random.seed)")
    let networks = (0..<count).map { index in
      let bits = UInt128.random(in: 0...UInt128.max, using: &random)
      let family: IPAddress.Family = index % 2 == 0 ? .v4 : .v6
      return AddressTable.Network(
        IPAddress(family, bits: bits), length: .random(in: 8...30, using: &random),
        value: .random(in: 0...9, using: &random))
    }
    let table = AddressTable(networks, outside: 10)
    let tree = try #require(PrefixTree(table))
    for network in networks.prefix(300) {
      let address = network.address
      let leaf = tree.view.leaf(of: address)
      guard address == address.untranslated else { continue }
      let run =
        address.family == .v4 ? table.v4.ends(around: address.bits) : table.v6.ends(around: address.bits)
      let hosts = UInt128.max >> UInt128(leaf.length)
      let isUniform = run.contains(address.bits & ~hosts) && run.contains(address.bits | hosts)
      let wider = hosts << 1 | 1
      // What stands for IPv4 addresses is no part of a leaf of IPv6 ones.
      let translated: [UInt128] = [0xffff << 32, 0x0064_ff9b << 96]
      let isBounded =
        address.family == .v6 && translated.contains { $0 & ~wider == address.bits & ~wider }
      let isWidest =
        isBounded || !run.contains(address.bits & ~wider) || !run.contains(address.bits | wider)
      #expect(leaf.value == Int(table[address]) && isUniform && isWidest, "\(address), seed \(random.seed)")
    }
  }

  /// What two tables come to together is what each address's two values come to.
  @Test func tablesAreMerged() throws {
    var source = RandomNetworks(random: SplitMix64.random())
    print("seed \(source.random.seed)")
    for _ in 0..<100 {
      for family in [IPAddress.Family.v4, .v6] {
        let tables = (0..<2).map { _ in NaiveTable(networks: source.networks(family, count: 20), outside: 5) }
        let compiled = tables.map { AddressTable($0.networks, outside: $0.outside) }
        let merged = compiled[0].merged(with: compiled[1]) { $0 == 5 ? $1 : $0 &* 10 &+ $1 }
        let edges = tables.flatMap { $0.edges(family) }.map { IPAddress(family, bits: $0) }
        for address in edges + [source.address(family)]
        where address.family == family && address == address.untranslated {
          let (one, two) = (tables[0].value(of: address), tables[1].value(of: address))
          #expect(
            merged[address] == (one == 5 ? two : one * 10 + two), "\(address), seed \(source.random.seed)")
        }
      }
    }
  }

  @Test func largestValue() throws {
    let value = UInt32(PrefixTree.valueLimit - 1)
    let tree = try Self.tree([Self.network("192.0.2.0/24", value)])
    #expect(tree.view.leaf(of: IPAddress(v4: 0xc000_0201)) == .init(value: Int(value), length: 24))
  }
}

extension AddressRuns {
  /// The first and the last address of a run; addresses are left-aligned.
  fileprivate func ends(around bits: UInt128) -> ClosedRange<UInt128> {
    let shift = 128 - Key.bitWidth
    let address = Key(truncatingIfNeeded: bits >> UInt128(shift))
    let run = (starts.firstIndex { $0 > address } ?? starts.count) - 1
    let last = run + 1 < starts.count ? starts[run + 1] - 1 : Key.max
    return UInt128(starts[run]) << shift...(UInt128(last) << shift | (1 << shift - 1))
  }
}
