internal import Locations

extension ClientClasses {
  /// Works out the classes for a zone.
  ///
  /// - Returns: nil where no policy asks where clients are.
  init?(of policies: ZonePolicies, _ database: LocationDatabase?) {
    let use = LocationUse(policies.policies)
    guard !use.isEmpty else { return nil }
    var states = ClientStates(of: policies.locations, use, database?.places ?? [.unknown])
    let places = database?.table ?? AddressTable(outside: 0)
    let table = NetworkOwners.table(of: policies.locations).merged(with: places) { states.number($0, $1) }
    let (classes, numbers) = states.classes
    guard let tree = PrefixTree(table.mapped { numbers[Int($0)] }) else { return nil }
    self.init(classes: classes, tree: tree)
  }
}

/// What is known of clients, in as many different states as there are addresses of.
private struct ClientStates {
  private let use: LocationUse
  private let ranking: LocationRanking
  private let places: [Place]
  private var states: [(owner: Int?, place: Int)] = [(nil, 0)]
  /// States of clients in no location's network, by place; 0 beyond the first place: none yet.
  private var byPlace: [UInt32]
  private var byOwner: [[UInt32]: UInt32] = [:]

  init(of locations: [LocationDefinition], _ use: LocationUse, _ places: [Place]) {
    self.use = use
    ranking = LocationRanking(locations, near: use.near)
    self.places = places
    byPlace = Array(repeating: 0, count: places.count)
  }

  /// The number of a state.
  mutating func number(_ owner: UInt32, _ place: UInt32) -> UInt32 {
    if owner == NetworkOwners.nobody {
      if byPlace[Int(place)] == 0, place != 0 { byPlace[Int(place)] = add(nil, Int(place)) }
      return byPlace[Int(place)]
    }
    let place = ranking.heedsPlace(ofOwner: Int(owner)) ? place : 0
    if let number = byOwner[[owner, place]] { return number }
    let number = add(Int(owner), Int(place))
    byOwner[[owner, place]] = number
    return number
  }

  private mutating func add(_ owner: Int?, _ place: Int) -> UInt32 {
    states.append((owner, place))
    return UInt32(states.count - 1)
  }

  /// The classes that the states come to, and their numbers by state.
  var classes: (classes: [ClientClass], numbers: [UInt32]) {
    let locations = ranking.locations
    let isNear = locations.map { use.near.contains($0.name) }
    let isFenced = locations.map { use.fenced.contains($0.name) }
    var partition = OrderPartition(depth: max(ClientClasses.depth, use.count))
    for (owner, place) in states {
      let standing = ranking.standing(owner: owner, place: places[place])
      let owner = standing.owner.flatMap { isFenced[$0] ? $0 : nil }
      partition.add(standing.order.filter { isNear[$0] }, owner: owner)
    }
    partition.refine(limit: ClientClasses.limit)
    let classes = partition.classes.map { order, owner in
      ClientClass(nearest: order.map { locations[$0].name }, owner: owner.map { locations[$0].name })
    }
    return (classes, partition.numbers)
  }
}
