/// The order in which a member asks for the slots of a hash table: a permutation that follows from its key alone.
///
/// Two rounds of multiplying by an odd number, adding, and folding the upper half onto the lower: each can be undone,
/// so that all together are a permutation (a small block cipher in the manner of xorshift-multiply finalizers).
struct SlotOrder {
  private let mask: UInt32
  private let fold: UInt32
  private let factors: (UInt32, UInt32)
  private let inverses: (UInt32, UInt32)
  private let offsets: (UInt32, UInt32)

  /// - Parameter bits: slots are 0..<2^bits; at most 16.
  init(key: UInt64, bits: Int) {
    var mixer = Mixer(seed: key)
    mask = UInt32(1) << UInt32(bits) - 1
    fold = UInt32(bits + 1) / 2
    let (one, two) = (mixer.next(), mixer.next())
    factors = (UInt32(truncatingIfNeeded: one) | 1, UInt32(truncatingIfNeeded: two) | 1)
    offsets = (UInt32(truncatingIfNeeded: one >> 32), UInt32(truncatingIfNeeded: two >> 32))
    inverses = (Self.inverse(factors.0), Self.inverse(factors.1))
  }

  /// The slot that comes at `rank`, from 0.
  @inline(__always)
  func slot(at rank: Int) -> Int {
    var mixed = UInt32(truncatingIfNeeded: rank)
    mixed = (mixed &* factors.0 &+ offsets.0) & mask
    mixed ^= mixed >> fold
    mixed = (mixed &* factors.1 &+ offsets.1) & mask
    mixed ^= mixed >> fold
    return Int((mixed &* Self.last) & mask)
  }

  /// At which rank a slot comes: `slot(at:)` undone.
  @inline(__always)
  func rank(of slot: Int) -> Int {
    var mixed = (UInt32(truncatingIfNeeded: slot) &* Self.lastInverse) & mask
    mixed ^= mixed >> fold
    mixed = ((mixed &- offsets.1) &* inverses.1) & mask
    mixed ^= mixed >> fold
    return Int(((mixed &- offsets.0) &* inverses.0) & mask)
  }

  private static var last: UInt32 { 0x2c1b_3c6d }
  private static var lastInverse: UInt32 { inverse(last) }

  /// Of an odd number, modulo 2^32: each of Newton's steps doubles the bits that are right, from 3.
  @inline(__always)
  private static func inverse(_ odd: UInt32) -> UInt32 {
    var inverse = odd
    for _ in 0..<4 { inverse = inverse &* (2 &- odd &* inverse) }
    return inverse
  }
}
