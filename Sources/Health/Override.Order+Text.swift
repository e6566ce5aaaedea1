extension Override.Order {
  /// As `text` has it; nil for anything else.
  init?(_ text: Substring) {
    switch text {
    case "drain": self = .drain
    case "down": self = .down
    case "up": self = .up
    default:
      guard text.hasPrefix("weight="), let weight = UInt32(text.dropFirst(7)), weight <= 1_000_000 else {
        return nil
      }
      self = .weight(weight)
    }
  }

  /// One word: `drain`, `weight=5`.
  public var text: String {
    switch self {
    case .drain: "drain"
    case .down: "down"
    case .up: "up"
    case .weight(let weight): "weight=\(weight)"
    }
  }
}
