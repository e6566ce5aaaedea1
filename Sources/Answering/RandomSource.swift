/// Random numbers that cost a few instructions and need no lock: one source a worker (xorshift64*, Vigna 2016).
struct RandomSource {
  private var state: UInt64

  /// - Parameter seed: not 0.
  init(seed: UInt64) {
    state = seed
  }

  /// A number in 0..<count.
  @inline(__always)
  mutating func next(below count: Int) -> Int {
    state ^= state >> 12
    state ^= state << 25
    state ^= state >> 27
    let mixed = state &* 0x2545_f491_4f6c_dd1d
    return Int(truncatingIfNeeded: mixed.multipliedFullWidth(by: UInt64(truncatingIfNeeded: count)).high)
  }
}
