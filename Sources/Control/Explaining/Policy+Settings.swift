internal import Steering

extension Policy {
  /// A key of the `_lb` records, and its value as they have it, or would have it.
  struct Setting: Equatable {
    let key: String
    let value: String
    var isDefault = false
  }

  /// What the policy says of the pool as a whole, but for the TTL: the chain first, then the same keys for all policies.
  var settings: [Setting] {
    [
      Setting(key: "steer", value: chain),
      Setting(key: "answers", value: answers.map { "\($0)" } ?? "default", isDefault: answers == nil),
      Setting(key: "check", value: check ?? "none", isDefault: check == nil),
      Setting(key: "fail", value: fail.rawValue, isDefault: fail == .open),
      Setting(key: "panic", value: panic.text, isDefault: panic == .members(1)),
      Setting(key: "default-at", value: defaultLocation ?? "none", isDefault: defaultLocation == nil),
    ]
  }

  /// The stages, as `steer=` has them.
  var chain: String { stages.map(\.description).joined(separator: ",") }
}

extension Policy.PanicThreshold {
  /// As `panic=` has it.
  var text: String {
    switch self {
    case .members(let count): "\(count)"
    case .share(let share): "\((share * 100).shown)%"
    }
  }
}
