extension Int {
  /// With a noun: `1 zone`, `2 zones`.
  func counted(_ noun: String) -> String { "\(self) \(noun)\(self == 1 ? "" : "s")" }
}
