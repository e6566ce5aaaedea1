/// A set of numbers of labels, 0...127: how deep the apexes of the zones served lie.
struct LabelCounts: Sendable {
  private var low: UInt64 = 0
  private var high: UInt64 = 0

  mutating func insert(_ labels: Int) {
    if labels < 64 { low |= 1 << UInt64(labels) } else { high |= 1 << UInt64(labels - 64) }
  }

  /// The largest member that is at most `labels`.
  @inline(__always)
  func largest(upTo labels: Int) -> Int? {
    if labels >= 64 {
      let members = high & (UInt64.max &>> UInt64(truncatingIfNeeded: 127 &- labels))
      if members != 0 { return 127 &- members.leadingZeroBitCount }
    }
    let members = labels >= 63 ? low : low & (UInt64.max &>> UInt64(truncatingIfNeeded: 63 &- labels))
    return members == 0 ? nil : 63 &- members.leadingZeroBitCount
  }
}
