import Zones

/// What in the `_lb` records of an owner is likely not meant, though it can be done. Texts are fit to be
/// shown.
enum PoolWarning: PolicyProblem {
  case answersAboveMembers(Int, Int)
  case allWeightsZero
  case tierWithoutStage(Int)
  case weightNotHeeded(UInt32, by: Stage)
  case locationWithoutStage(String)
  case unplaced(String, count: Int, of: Int, Stage)
  case unknownDistance(String)
  case nearestKeepsAll(Int, Int)
  case panicWithOneTier(String)
  case panicAboveTiers(Int, Int)
  case targetDoesNotExist(String)
  case ordersAreCut(CutOrders)

  var severity: Diagnostic.Severity { .warning }

  var description: String {
    switch self {
    case .answersAboveMembers(let answers, let members):
      "answers=\(answers) is above the number of members, \(members); all of them are answered"
    case .allWeightsZero:
      "all members have weight 0; give those that are to be answered a weight"
    case .tierWithoutStage(let tier):
      "tier=\(tier) has no effect, as steer= has no stage tier"
    case .weightNotHeeded(let weight, let order):
      "weight=\(weight) has no effect, as \(order.name) does not heed weights; "
        + (order == .leastConnections
          ? "write weighted-least-conn" : "end the chain in \(order.weightedOrder.name)")
    case .locationWithoutStage(let name):
      "at=\(name) has no effect, as steer= has no stage nearest or fence"
    case .unplaced(let member, let count, let total, let stage):
      "\(count) of \(total) members, \(member) first, \(count == 1 ? "has" : "have") no at=; stage "
        + (stage == .fence
          ? "fence never chooses such members" : "nearest takes such members for the farthest")
    case .unknownDistance(let name):
      "location \(name) has no LOC record, so its distance is not known; "
        + "stage nearest takes it for the farthest of all clients but its own"
    case .nearestKeepsAll(let count, let locations):
      "nearest:\(count) keeps all members, as they are at \(locations) "
        + (locations == 1 ? "location" : "locations")
    case .panicWithOneTier(let pair):
      "\(pair) has no effect, as all members are of one tier"
    case .panicAboveTiers(let count, let largest):
      "panic=\(count) is reached by no tier: the most members of a weight above 0 that one has is \(largest)"
    case .targetDoesNotExist(let target):
      "\(target) is in this zone and does not exist"
    case .ordersAreCut(let cut):
      "of the \(cut.locations) locations of the policy the nearest \(cut.length == 1 ? "one counts" : "\(cut.length) count"), "
        + "as the zone's clients would come to more than \(ClientClasses.limit) different orders; the others are equally far"
        + (cut.kept > cut.length ? ", and nearest:\(cut.kept) keeps them all" : "")
        + "; have fewer locations in the policy, or policies for other locations in zones of their own"
    }
  }
}
