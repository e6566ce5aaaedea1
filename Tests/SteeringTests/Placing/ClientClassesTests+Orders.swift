import DNSWire
import Locations
import TestSupport
import Testing

@testable import Steering

/// Which orders of locations make classes, and how many.
extension ClientClassesTests {
  /// Networks that no policy tells apart are one leaf.
  @Test func onlyWhatPoliciesAskForMakesClasses() throws {
    let locations = [
      Self.location("a", 50, 8, "10.0.0.0/8"), Self.location("b", 40, -74, "11.0.0.0/8"),
      Self.location("c", 10, 10, "12.0.0.0/8"),
    ]
    var policies = Self.policies(locations, [.nearest(count: 1)])
    policies.policies[0].members = Array(policies.policies[0].members.prefix(2))
    let near = try #require(Self.compile(policies))
    #expect(Self.text(near, "10.0.0.1") == "a b")
    // A client of c is there, though nobody else is.
    #expect(Self.text(near, "12.0.0.1") == "a b")
    #expect(near.classes.map(Self.text) == ["-", "a b", "b a"])
    policies.policies[0].stages = [.fence, .weighted]
    let fenced = try #require(Self.compile(policies))
    #expect(fenced.classes.map(Self.text) == ["-", "-, of a", "-, of b"])
    #expect(fenced.tree.view.leaf(of: address("10.0.0.1")).length == 8)
    policies.policies[0].stages = [.up, .weighted]
    #expect(Self.compile(policies) == nil)
  }

  @Test func neighboursOfOneOrderAreOneLeaf() throws {
    let classes = try Self.classes(
      [Self.fra, Self.nyc],
      [
        Known("10.0.0.0/9", 48.86, 2.35), Known("10.128.0.0/10", 52.5, 13.4),
        Known("10.192.0.0/10", 41.9, 12.5),
        Known("11.0.0.0/8", 40.7, -74),
      ])
    #expect(classes.classes.count == 3)
    #expect(Self.leaf(classes, "10.130.0.1") == [1, 8])
    #expect(Self.leaf(classes, "11.130.0.1") == [2, 8])
    #expect(Self.leaf(classes, "8.8.8.8") == [0, 7])
  }

  /// Of a policy for few of many locations it is their own order that counts, all of it, even where there are too many
  /// orders of all locations to be told apart.
  @Test func eachPolicyHasItsOrder() throws {
    let locations = (0..<60).map {
      Self.location("l\($0 / 10)\($0 % 10)", Double($0 % 7) * 10 - 30, Double($0) * 6 - 180)
    }
    let known = (0..<40_000).map { index in
      Known("10.\(index / 256).\(index % 256).0/24", Double(index % 173) - 86, Double(index) * 0.009 - 180)
    }
    var policies = Self.policies(locations, [.nearest(count: 1)])
    var few = policies.policies[0]
    few.members = [0, 20, 40].map { few.members[$0] }
    policies.policies.append(few)
    let classes = try #require(Self.compile(policies, Self.database(known)))
    let clients = PoolClients(of: few, few.members, classes, fallback: .unknown)
    #expect(clients.groups.count == 7)
    #expect(classes.cutOrders(of: few) == nil)
    for (index, known) in known.enumerated() where index % 7 == 0 {
      let place = try #require(known.place.coordinates)
      let order = [0, 20, 40].map { locations[$0] }.sorted {
        let one = place.distance(to: Coordinates(latitude: $0.latitude!, longitude: $0.longitude!)!)
        let two = place.distance(to: Coordinates(latitude: $1.latitude!, longitude: $1.longitude!)!)
        return (one, $0.name) < (two, $1.name)
      }
      let number = classes.tree.view.leaf(of: address(String(known.network.dropLast(3)))).value
      let group = clients.groups[clients.numbers[number]]
      #expect(group.nearest == order.map(\.name), "\(known.network)")
    }
  }

  /// However many locations of other policies are nearer.
  @Test func farLocationsAreInOrderToo() throws {
    let many = (0..<400).map {
      Self.location("m\($0)", 50 + Double($0 / 20) * 0.1, 8 + Double($0 % 20) * 0.1)
    }
    var policies = Self.policies(many, [.nearest(count: 1)])
    let few = Self.policies([Self.syd, Self.nyc], [.nearest(count: 1)]).policies[0]
    policies.locations += [Self.syd, Self.nyc]
    policies.policies.append(few)
    let classes = try #require(
      Self.compile(policies, Self.database([Known("198.51.100.0/24", 50, 8)])))
    let clients = PoolClients(of: few, few.members, classes, fallback: .unknown)
    let number = classes.tree.view.leaf(of: address("198.51.100.1")).value
    #expect(clients.groups[clients.numbers[number]].nearest == ["nyc", "syd"])
  }

  /// Where nothing is known of the way to a policy's own locations, its default counts, whatever others have.
  @Test func whatOthersKnowIsNoKnowledge() {
    let policy = Self.policies([Self.fra, Self.nyc], [.nearest(count: 1)]).policies[0]
    let view = ClientView(
      of: policy, policy.members, fallback: ClientClass(nearest: ["nyc", "fra"], owner: nil))
    for (nearest, expected) in [
      ([], ["nyc", "fra"]), (["afr"], ["nyc", "fra"]), (["afr", "fra"], ["fra"]),
    ] {
      #expect(view.of(ClientClass(nearest: nearest, owner: nil), [:]).nearest == expected)
    }
  }

  /// The numbers of classes are bounded, and the first location always counts.
  @Test func ordersAreCutWhereThereAreTooMany() throws {
    // On a circle of 60 locations, clients all around: each has another order.
    let locations = (0..<60).map {
      Self.location("l\($0 / 10)\($0 % 10)", Double($0 % 7) * 10 - 30, Double($0) * 6 - 180)
    }
    let known = (0..<40_000).map { index in
      Known(
        "\(10 + index / 10_000).\(index / 256 % 256).\(index % 256).0/24", Double(index % 173) - 86,
        Double(index) * 0.009 - 180)
    }
    let policies = Self.policies(locations, [.nearest(count: 16)])
    let classes = try #require(Self.compile(policies, Self.database(known)))
    #expect(classes.classes.count <= ClientClasses.limit && classes.classes.count > 200)
    let length = try #require(classes.lengths.values.min())
    #expect(length >= 1 && length < 16)
    let cut = classes.cutOrders(of: policies.policies[0])
    #expect(cut == CutOrders(locations: 60, length: length, kept: 16))
    // Where the third still counts, hardly anybody is answered otherwise.
    var few = policies.policies[0]
    few.stages = [.nearest(count: 2), .weighted]
    #expect((classes.cutOrders(of: few) == nil) == (length >= 3))
    for (index, known) in known.enumerated() where index % 97 == 0 {
      let place = try #require(known.place.coordinates)
      let order = locations.sorted {
        let one = place.distance(to: Coordinates(latitude: $0.latitude!, longitude: $0.longitude!)!)
        let two = place.distance(to: Coordinates(latitude: $1.latitude!, longitude: $1.longitude!)!)
        return (one, $0.name) < (two, $1.name)
      }
      let number = classes.tree.view.leaf(of: address(String(known.network.dropLast(3)))).value
      #expect(
        Array(classes.classes[number].nearest.prefix(length)) == order.prefix(length).map(\.name))
    }
  }
}
