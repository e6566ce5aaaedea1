import DNSWire
import Locations
import TestSupport
import Testing

@testable import Steering

/// The orders that a table of times comes to.
@Suite struct MeasuredOrdersTests {
  private let folder = TemporaryFolder()

  private func read(_ lines: [String]) throws -> ResponseTimes {
    try ResponseTimes(file: folder.write("times", lines.joined(separator: "\n")))
  }

  private static func locations(_ count: Int) -> [LocationDefinition] {
    (0..<count).map {
      ClientClassesTests.location("l\($0)", Double($0 % 170) - 85, Double($0 * 7 % 360) - 180)
    }
  }

  /// What wide networks have is not repeated for each of the networks inside them.
  @Test func memoryIsThatOfTheFile() throws {
    let wide = (0..<4000).map { "0.0.0.0/0 l\($0) \($0 + 2)" }
    let narrow = (0..<10_000).map { "\(10 + $0 / 65536).\($0 / 256 % 256).\($0 % 256).0/24 l\($0 % 4000) 1" }
    let times = try read(wide + narrow)
    #expect(
      times.networkCount == 10_001 && times.timeCount == 14_000 && times.strangers(to: []).count == 4000)
    // Another one is ahead, and the others are as all around have them.
    let own = times[address("10.0.7.1")]
    #expect(own.prefix(4).map(\.location) == ["l7", "l0", "l1", "l2"] && own.count == 4000)

    let locations = Self.locations(1000)
    let use = LocationUse(ClientClassesTests.policies(locations, [.nearest(count: 1)]).policies)
    let orders = MeasuredOrders(
      of: times, LocationRanking(locations), LeadingLocations(locations, use), near: use.near)
    #expect(orders.numbers.count == 10_002 && orders.orders.count == 1001)
    #expect(orders.orders.allSatisfy { $0.count <= ClientClasses.places })
    let classes = try #require(
      ClientClasses(locations, for: use, ClientKnowledge(times: times)))
    #expect(classes.classes.count == 1001)
    let number = classes.tree.view.leaf(of: address("10.0.7.1")).value
    #expect(classes.classes[number].nearest == ["l7"] + (0..<16).filter { $0 != 7 }.map { "l\($0)" })
  }

  /// For random networks in others, and more locations than count: the order of each policy's locations is that of all
  /// that is known, cut.
  @Test func ordersAreThoseOfAllTimes() throws {
    var source = RandomNetworks(random: SplitMix64.random())
    print("seed \(source.random.seed)")
    for _ in 0..<12 {
      var locations = Self.locations(40)
      let networks = source.networks(.v4, count: 40) + source.plainNetworks(.v6, count: 40)
      var seen: Set<String> = []
      var lines: [String] = []
      for network in networks {
        // Some have many times, so that some orders are cut and others go on by distance.
        for _ in 0..<[1, 2, 10, 60].randomElement(using: &source.random)! {
          let line = "\(network.address)/\(network.length) l\(Int.random(in: 0..<45, using: &source.random))"
          guard seen.insert(line).inserted else { continue }
          lines.append("\(line) \(Int.random(in: 0..<20, using: &source.random))")
        }
      }
      for network in source.networks(.v4, count: 8)
      where seen.insert("\(network.address)/\(network.length)").inserted {
        let owner = Int.random(in: 0..<40, using: &source.random)
        locations[owner].networks.append(.init(network.address, length: network.length, isNegated: false))
      }
      let times = try read(lines)
      var policies = ClientClassesTests.policies(locations, [.nearest(count: 1)])
      let all = policies.policies[0]
      for members in [[1, 2, 3], Array(0..<20), Array(15..<40)] {
        var some = all
        some.members = members.map { all.members[$0] }
        policies.policies.append(some)
      }
      let known = ClientClassesTests.database([.init("0.0.0.0/2", 48, 2), .init("128.0.0.0/3", -30, 150)])
      let classes = try #require(ClientClassesTests.compile(policies, known, times))
      let edges = NaiveTable(networks: networks, outside: 0).edges(.v4).flatMap { [$0, $0 &- 1] }
      for policy in policies.policies {
        let clients = PoolClients(of: policy, policy.members, classes, fallback: .unknown)
        let near = Set(policy.members.compactMap(\.location))
        for bits in edges {
          let client = IPAddress(.v4, bits: bits)
          let order = classes.sighting(of: client).locations.map(\.name).filter(near.contains)
          let group = clients.groups[clients.numbers[classes.tree.view.leaf(of: client).value]]
          #expect(group.nearest == Array(order.prefix(16)), "\(client)")
        }
      }
    }
  }
}
