/// That clients' orders of a policy's locations do not count in full.
struct CutOrders: Equatable, Sendable {
  /// How many locations the policy chooses among.
  var locations: Int
  /// How many of them, the nearest first, come in an order.
  var length: Int
  /// How many the policy keeps.
  var kept: Int
}

extension ClientClasses {
  // Only when so many locations in a row have no member left would a client be sent to another than its next.
  private static let spare = 3

  /// How much of its orders a policy has lost for the sake of a bounded number of classes; nil: nothing that matters,
  /// as those that it keeps and the next one, or the nearest three, come in order.
  func cutOrders(of policy: Policy) -> CutOrders? {
    let use = LocationUse([policy])
    let wanted = max(Self.spare, use.count + 1)
    return use.sets.compactMap { set in
      let length = lengths[set] ?? .max
      // One location that is left has its place.
      guard length < min(wanted, set.count - 1) else { return nil }
      return CutOrders(locations: set.count, length: length, kept: use.count)
    }
    .min { $0.length < $1.length }
  }
}
