/// The keys of `_lb` records.
enum PoolKey: String, CaseIterable {
  // Of the pool.
  case check, steer, answers, fail, ttl, panic
  case defaultAt = "default-at"
  // Of one member, in a record of its own.
  case member, weight, at, tier

  var isOfMember: Bool {
    switch self {
    case .member, .weight, .at, .tier: true
    default: false
    }
  }
}
