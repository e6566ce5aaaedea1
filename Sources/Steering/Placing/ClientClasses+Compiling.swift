internal import Locations

extension ClientClasses {
  /// Works out the classes for zones with such locations.
  ///
  /// - Returns: nil where the tree would be too large.
  init?(_ locations: [LocationDefinition], for use: LocationUse, _ knowledge: ClientKnowledge) {
    let owners = NetworkOwners.table(of: locations)
    var states = ClientStates(of: locations, use, knowledge)
    let places = knowledge.database?.table ?? AddressTable(outside: 0)
    var table = owners.merged(with: places) { states.number($0, $1) }
    if let times = knowledge.times {
      let orders = times.table.mapped { states.orders.numbers[Int($0)] }
      table = table.merged(with: orders) { states.number($0, measured: $1) }
    }
    let (classes, lengths, numbers) = states.classify()
    guard let tree = PrefixTree(table.mapped { numbers[Int($0)] }) else { return nil }
    self.classes = classes
    self.lengths = lengths
    self.tree = tree
    self.owners = owners
    self.knowledge = knowledge
    ranking = LocationRanking(locations)
  }
}

/// What is known of clients: as many different states as there are owners of their networks, places in a database, and
/// orders of measured times.
private struct ClientStates {
  /// How clients see the locations, by index.
  private struct View: Hashable {
    var order: [Int32]
    var owner: Int?
  }

  private let use: LocationUse
  private let ranking: LocationRanking
  private let places: [Place]
  private let leading: LeadingLocations
  /// The orders of locations that measured times come to.
  let orders: MeasuredOrders
  private var states: [(owner: Int?, place: Int, order: Int)] = [(nil, 0, 0)]
  /// States of clients in no location's network, by place; 0 beyond the first place: none yet.
  private var byPlace: [UInt32]
  private var byOwner: [UInt64: UInt32] = [:]
  /// States with measured times, by the state without them and the order.
  private var byOrder: [UInt64: UInt32] = [:]

  init(of locations: [LocationDefinition], _ use: LocationUse, _ knowledge: ClientKnowledge) {
    self.use = use
    ranking = LocationRanking(locations, near: use.near)
    places = knowledge.database?.places ?? [.unknown]
    leading = LeadingLocations(locations, use)
    orders = MeasuredOrders(of: knowledge.times, ranking, leading, near: use.near)
    byPlace = Array(repeating: 0, count: places.count)
  }

  /// The number of a state.
  mutating func number(_ owner: UInt32, _ place: UInt32) -> UInt32 {
    if owner == NetworkOwners.nobody {
      if byPlace[Int(place)] == 0, place != 0 { byPlace[Int(place)] = add(nil, Int(place)) }
      return byPlace[Int(place)]
    }
    let place = ranking.heedsPlace(ofOwner: Int(owner)) ? place : 0
    let pair = UInt64(owner) << 32 | UInt64(place)
    if let number = byOwner[pair] { return number }
    let number = add(Int(owner), Int(place))
    byOwner[pair] = number
    return number
  }

  /// The number of a state where times were measured, too.
  ///
  /// - Parameter order: the number of one; 0: none were.
  mutating func number(_ state: UInt32, measured order: UInt32) -> UInt32 {
    guard order != 0 else { return state }
    let pair = UInt64(state) << 32 | UInt64(order)
    if let number = byOrder[pair] { return number }
    let (owner, place, _) = states[Int(state)]
    let number = add(owner, place, order: Int(order))
    byOrder[pair] = number
    return number
  }

  private mutating func add(_ owner: Int?, _ place: Int, order: Int = 0) -> UInt32 {
    states.append((owner, place, order))
    return UInt32(states.count - 1)
  }

  /// The classes that the states come to, how long their orders are by set of locations, and their numbers by state.
  func classify() -> (classes: [ClientClass], lengths: [Set<String>: Int], numbers: [UInt32]) {
    let locations = ranking.locations
    let isFenced = locations.map { use.fenced.contains($0.name) }
    var views: [View] = []
    var known: [View: Int] = [:]
    let viewOfState = states.map { owner, place, order in
      let standing = ranking.standing(
        owner: owner, measured: orders.orders[order].map { Int($0) }, place: places[place])
      let view = View(
        order: leading.of(standing.order),
        owner: standing.owner.flatMap { isFenced[$0] ? $0 : nil })
      if let index = known[view] { return index }
      known[view] = views.count
      views.append(view)
      return views.count - 1
    }
    var partition = OrderPartition(count: views.count)
    _ = partition.split(by: views.map { Int32($0.owner ?? -1) }, atMost: .max)
    let lengths = refine(&partition, views)
    let classes = partition.representatives.map { index in
      ClientClass(
        nearest: views[index].order.map { locations[Int($0)].name },
        owner: views[index].owner.map { locations[$0].name })
    }
    return (classes, lengths, viewOfState.map { partition.numbers[$0] })
  }

  /// Tells apart by more and more places of the orders of each policy, as long as there are not too many classes.
  ///
  /// - Returns: by set, by how many places.
  private func refine(_ partition: inout OrderPartition, _ views: [View]) -> [Set<String>: Int] {
    let places = leading.count
    var lengths: [Set<String>: Int] = [:]
    // By set, the smallest foremost, the first places of each view; -1: there are no more.
    var left = use.sets.sorted { $0.count < $1.count }.map { set in
      let isInSet = ranking.locations.map { set.contains($0.name) }
      return (
        set: set,
        orders: views.map { view in
          Array(view.order.lazy.filter { isInSet[Int($0)] }.prefix(places))
        }
      )
    }
    for place in 0..<places {
      left.removeAll { set, orders in
        let keys = orders.map { place < $0.count ? $0[place] : -1 }
        if partition.split(by: keys, atMost: place == 0 ? .max : ClientClasses.limit) { return false }
        lengths[set] = place
        return true
      }
    }
    for (set, _) in left { lengths[set] = places }
    return lengths
  }
}
