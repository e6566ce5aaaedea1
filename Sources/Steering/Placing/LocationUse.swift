/// What a zone's policies want to know of clients.
struct LocationUse: Hashable, Sendable {
  /// For each policy that chooses by distance, and each family of its members, the names of the locations that it
  /// chooses among; each set once.
  private(set) var sets: [Set<String>] = []
  /// The names of all of these.
  private(set) var near: Set<String> = []
  /// The most locations that are kept.
  private(set) var count = 0
  /// Names of the locations that clients are fenced in.
  private(set) var fenced: Set<String> = []

  init(_ policies: [Policy]) {
    for policy in policies {
      let names = [true, false].map { isIPv6 in
        Set(policy.members.lazy.filter { $0.identity.isIPv6 == isIPv6 }.compactMap(\.location))
      }
      for stage in policy.stages {
        switch stage {
        case .nearest(let count):
          for set in names where !set.isEmpty && !sets.contains(set) { sets.append(set) }
          near.formUnion(names.joined())
          self.count = max(self.count, count)
        case .fence: fenced.formUnion(names.joined())
        default: break
        }
      }
    }
  }

  var isEmpty: Bool { near.isEmpty && fenced.isEmpty }
}
