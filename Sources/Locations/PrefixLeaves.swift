/// The largest networks whose addresses all have the same value, in the order of addresses.
struct PrefixLeaves<Key: FixedWidthInteger & UnsignedInteger & Sendable> {
  /// Of the current network: bits that its addresses share, 0...32 or 0...128.
  private(set) var length = 0
  private(set) var value: UInt32 = 0

  private let runs: AddressRuns<Key>
  private var run = 0
  private var start: Key = 0

  /// Begins at the first network.
  init(_ runs: AddressRuns<Key>) {
    self.runs = runs
    measure()
  }

  /// Goes to the next network; after the last, to the first.
  mutating func advance() {
    let (next, isBeyond) = start.addingReportingOverflow(1 << (Key.bitWidth - length))
    start = next
    if isBeyond || length == 0 {
      start = 0
      run = 0
    } else if run + 1 < runs.starts.count, runs.starts[run + 1] == next {
      run += 1
    }
    measure()
  }

  // A network is as large as where it begins allows, and as the rest of the run has room for.
  private mutating func measure() {
    value = runs.values[run]
    let last = run + 1 < runs.starts.count ? runs.starts[run + 1] - 1 : Key.max
    let rest = last - start
    let room = rest == Key.max ? Key.bitWidth : Key.bitWidth - 1 - (rest + 1).leadingZeroBitCount
    length = Key.bitWidth - min(start.trailingZeroBitCount, room)
  }
}
