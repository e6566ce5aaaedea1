public import DNSWire
public import Locations

/// The classes of a zone's clients, and which addresses are in which.
///
/// The clients of a class have the same order of the locations that each of the zone's policies chooses among by
/// distance, as far as that can be told (see `lengths`), and, as far as policies fence clients in, the same owner. All
/// clients of a leaf of the tree are of one class, and no shorter prefix would do.
public struct ClientClasses: Sendable {
  /// By number, each as one of its clients sees the locations. The first is of clients of whom nothing is known.
  public let classes: [ClientClass]
  /// By the locations that a policy chooses among: how many of them, the nearest first, come in the same order for all
  /// clients of a class.
  let lengths: [Set<String>: Int]
  /// Numbers of classes by address.
  public let tree: PrefixTree

  /// What the classes follow from.
  let owners: AddressTable
  let ranking: LocationRanking
  let knowledge: ClientKnowledge

  /// As many classes as there may be for the sake of longer orders.
  ///
  /// Of n locations there are up to about n^4/8 different orders on a sphere. So orders count for as many places as
  /// give no more classes than this: for the first always, and at most for 16, or for as many as a policy keeps. Where
  /// that is not enough for all policies, those that choose among fewer locations go first.
  static let limit = 16_384
  static let places = 16

  /// Where a client is.
  public func sighting(of client: IPAddress) -> ClientSighting {
    let address = client.untranslated
    let index = owners[address]
    let networkOwner = index == NetworkOwners.nobody ? nil : Int(index)
    let place = knowledge.database?[address] ?? .unknown
    let measured = (knowledge.times?[address] ?? []).compactMap { measurement in
      ranking.index(of: measurement.location).map { (location: $0, time: measurement.time) }
    }
    let times = Dictionary(uniqueKeysWithValues: measured)
    let standing = ranking.standing(
      owner: networkOwner, measured: measured.map(\.location), place: place)
    let leaf = tree.view.leaf(of: client)
    let locations = standing.order.map { index in
      ClientSighting.Location(
        name: ranking.locations[index].name, isOwn: standing.own.contains(index) || index == networkOwner,
        time: times[index],
        distance: ranking.distance(of: index, from: standing.origin))
    }
    return ClientSighting(
      networkOwner: networkOwner.map { ranking.locations[$0].name },
      owner: standing.owner.map { ranking.locations[$0].name }, place: place, origin: standing.origin,
      locations: locations, scope: leaf.length, number: leaf.value)
  }
}
