/// What a zone's policies want to know of clients.
struct LocationUse: Equatable, Sendable {
  /// Names of the locations that `nearest` chooses among.
  private(set) var near: Set<String> = []
  /// Names of the locations that `fence` keeps clients in.
  private(set) var fenced: Set<String> = []
  /// The most locations that a `nearest` keeps.
  private(set) var count = 0

  init(_ policies: [Policy]) {
    for policy in policies {
      let names = policy.members.compactMap(\.location)
      for stage in policy.stages {
        switch stage {
        case .nearest(let count):
          near.formUnion(names)
          self.count = max(self.count, count)
        case .fence: fenced.formUnion(names)
        default: break
        }
      }
    }
  }

  var isEmpty: Bool { near.isEmpty && fenced.isEmpty }
}
