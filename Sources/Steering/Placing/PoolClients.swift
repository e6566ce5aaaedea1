/// The clients of a pool: which of the zone's classes it answers alike.
public struct PoolClients: Sendable {
  /// What is known of the clients of each group. The first is of clients of whom nothing is known.
  public let groups: [ClientClass]
  /// The group of each class, by number.
  public let numbers: [Int]

  /// The group of a class, as an index; classes that the pool does not know of are of unknown clients.
  public func group(ofClass number: Int) -> Int { number < numbers.count ? numbers[number] : 0 }

  /// All clients are alike.
  static var all: PoolClients { PoolClients(groups: [.unknown], numbers: [0]) }

  private init(groups: [ClientClass], numbers: [Int]) {
    self.groups = groups
    self.numbers = numbers
  }

  /// - Parameters:
  ///   - policy: one that asks where clients are.
  ///   - members: of the pool.
  ///   - fallback: what counts of clients where nothing is known.
  init(of policy: Policy, _ members: [Member], _ classes: ClientClasses, fallback: ClientClass) {
    let view = ClientView(of: policy, members, fallback: fallback)
    var groups: [ClientClass] = []
    var known: [ClientClass: Int] = [:]
    numbers = classes.classes.map { client in
      let group = view.of(client, classes.lengths)
      if let number = known[group] { return number }
      known[group] = groups.count
      groups.append(group)
      return groups.count - 1
    }
    self.groups = groups
  }
}

/// What of a client matters to a policy.
struct ClientView {
  private let near: Set<String>
  private let fenced: Set<String>
  private let fallback: ClientClass

  init(of policy: Policy, _ members: [Member], fallback: ClientClass) {
    let use = LocationUse([policy])
    let names = Set(members.compactMap(\.location))
    near = use.near.intersection(names)
    fenced = use.fenced.intersection(names)
    self.fallback = fallback
  }

  /// - Parameter lengths: by the locations of a pool, how many count.
  func of(_ client: ClientClass, _ lengths: [Set<String>: Int]) -> ClientClass {
    // That something is known of the way to other policies' locations is of no use here.
    let known = client.nearest.filter(near.contains)
    let nearest = known.isEmpty ? fallback.nearest : known
    let length = lengths[near] ?? .max
    let owner = client.owner ?? fallback.owner
    return ClientClass(
      nearest: Array(nearest.lazy.filter(near.contains).prefix(length)),
      owner: owner.flatMap { fenced.contains($0) ? $0 : nil })
  }
}
