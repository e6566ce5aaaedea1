import DNSWire
import Locations
import TestSupport
import Testing

/// Whom an answer is for, as caches are told: all of whom the same is true, and nobody else.
@Suite struct ScopeTests {
  private let folder = TemporaryFolder()

  /// Locations a0 to a3 with random networks, and a policy that answers clients with the location that owns them.
  private func zone(_ networks: [AddressTable.Network]) -> String {
    var lines = ["$TTL 60", "@ SOA ns hostmaster 1 7200 900 1209600 300", "@ NS ns", "ns A 192.0.2.1"]
    for network in networks {
      let family = network.address.family == .v4 ? 1 : 2
      lines.append("a\(network.value)._at APL \(family):\(network.address)/\(network.length)")
    }
    lines.append("_lb.own TXT \"steer=fence,weighted fail=closed\"")
    for value in 0...3 {
      lines.append("own A 192.0.2.1\(value)")
      lines.append("_lb.own TXT \"member=192.0.2.1\(value) at=a\(value)\"")
    }
    return lines.map { "\($0)\n" }.joined()
  }

  private func option(_ bits: UInt128, _ length: Int, _ family: IPAddress.Family) -> [UInt8] {
    let octets = (0..<(length + 7) / 8).map { UInt8(truncatingIfNeeded: bits >> UInt128(120 - 8 * $0)) }
    return [0, family == .v4 ? 1 : 2, UInt8(length), 0] + octets
  }

  /// For random networks, some inside others, and random clients: each answer is the one for the client, all addresses
  /// within its scope have the same one, and of no wider network that is true.
  @Test func scopeIsTrueAndNoLongerThanItMustBe() throws {
    var source = RandomNetworks(random: SplitMix64.random())
    print("seed \(source.random.seed)")
    folder.write("example.zone", zone([]))
    let (server, client) = try ServerProcess.serving(folder)
    for _ in 0..<4 {
      var seen: Set<String> = []
      let networks = (source.networks(.v4, count: 40) + source.plainNetworks(.v6, count: 40))
        .filter { seen.insert("\($0.address)/\($0.length)").inserted }
      let naive = NaiveTable(networks: networks, outside: 9)
      folder.write("example.zone", zone(networks))
      try server.reload(until: " reloaded ")
      for family in [IPAddress.Family.v4, .v6] {
        let edges = naive.edges(family)
        let width = family == .v4 ? 32 : 128
        for round in 0..<150 {
          // Around where networks begin and end, and anywhere.
          let near = edges.randomElement(using: &source.random) ?? 0
          let anywhere = source.address(family).bits
          let length = Int.random(in: 1...width, using: &source.random)
          let end = UInt128(128 - length)
          let start = round % 3 == 0 ? anywhere : round % 3 == 1 ? near : near &- 1
          let bits = (start >> end) << end
          var query = QueryMessage(try DomainName("own.example."), .a)
          query.udpSize = 1232
          query.options = [(8, option(bits, length, family))]
          let message = try Message(try client.exchange(query.octets))
          let value = naive.value(of: bits, family)
          #expect(message.answer == (value == 9 ? [] : ["own.example. 60 A 192.0.2.1\(value)"]))
          let scope = Int(try #require(message.edns?.options[8])[3])
          let place = Comment("\(IPAddress(family, bits: bits))/\(length) scope \(scope)")
          let isTrue = naive.isUniform(bits, scope, family, value, edges)
          #expect(isTrue, place)
          let isWiderTrue = scope > 0 && naive.isUniform(bits, scope - 1, family, value, edges)
          #expect(!isWiderTrue, place)
        }
      }
    }
    #expect(try server.stop() == 0)
  }
}
