/// Why a stage cannot come where it stands in its chain.
enum ChainProblem: PolicyProblem {
  case twice(_ name: String)
  case countsTwice(String, String)
  case twoFinalOrders(String, String)
  case afterFinalOrder(String, _ order: String)

  /// What is wrong with `stage` behind `stages`, if anything is.
  init?(of stage: Stage, after stages: [Stage]) {
    if let order = stages.last, order.isFinalOrder {
      self =
        stage.isFinalOrder
        ? .twoFinalOrders(order.title, stage.title) : .afterFinalOrder(stage.title, order.title)
    } else if stages.contains(where: { $0.name == stage.name }) {
      self = .twice(stage.name)
    } else if stage.readsConnections, let other = stages.first(where: \.readsConnections) {
      self = .countsTwice(other.title, stage.title)
    } else {
      return nil
    }
  }

  var description: String {
    switch self {
    case .twice(let name):
      "stage \(name) is in the chain twice; write it once"
    case .countsTwice(let first, let second):
      "\(first) and \(second) both weigh members by their connections; write one of them"
    case .twoFinalOrders(let first, let second):
      "\(first) and \(second) are both final orders; a chain ends in one of them"
    case .afterFinalOrder(let name, let order):
      "stage \(name) comes after the final order \(order); write \(name),\(order)"
    }
  }
}
