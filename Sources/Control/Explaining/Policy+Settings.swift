internal import Steering

extension Policy {
  /// A key of the `_lb` records, and its value as they have it.
  struct Setting: Equatable {
    let key: String
    let value: String
  }

  /// What the policy says of the pool as a whole, but for the TTL: the chain, and what is not as by default.
  var settings: [Setting] {
    var settings = [Setting(key: "steer", value: stages.map(\.description).joined(separator: ","))]
    if let answers { settings.append(Setting(key: "answers", value: "\(answers)")) }
    if let check { settings.append(Setting(key: "check", value: check)) }
    if fail != .open { settings.append(Setting(key: "fail", value: fail.rawValue)) }
    switch panic {
    case .members(1): break
    case .members(let count): settings.append(Setting(key: "panic", value: "\(count)"))
    case .share(let share): settings.append(Setting(key: "panic", value: "\((share * 100).shown)%"))
    }
    return settings
  }
}
