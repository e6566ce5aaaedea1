/// A source of pseudo-random numbers whose whole run follows from its seed and from what is added to it
/// (SplitMix64: Steele, Lea, Flood, "Fast splittable pseudorandom number generators", 2014).
package struct Mixer: RandomNumberGenerator {
  private var state: UInt64

  package init(seed: UInt64) {
    state = seed
  }

  /// A number of what was added so far.
  var value: UInt64 { Self.mix(state) }

  /// Lets all that follows depend on `value`.
  mutating func add(_ value: UInt64) {
    state = Self.mix(state ^ value) &+ 0x9e37_79b9_7f4a_7c15
  }

  package mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    return Self.mix(state)
  }

  private static func mix(_ number: UInt64) -> UInt64 {
    var mixed = (number ^ (number >> 30)) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
    return mixed ^ (mixed >> 31)
  }
}
