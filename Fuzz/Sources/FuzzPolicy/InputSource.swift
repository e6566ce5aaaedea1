import Steering

/// What may be known of members, sensible or not, as it follows from the octets of an input.
struct InputSource {
  private var state: UInt64

  init(seed octets: [UInt8]) {
    state = octets.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01b3 }
  }

  /// 0 ... 2^31 - 1 (Knuth's linear congruential generator, MMIX).
  mutating func next() -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int(state >> 33)
  }

  private static let numbers: [Double] = [
    0, 0.1, 0.5, 1, 2, 1000, 1e9, 1e300, -1, .nan, .infinity, -.infinity, .leastNonzeroMagnitude,
  ]

  private mutating func number() -> Double { Self.numbers[next() % Self.numbers.count] }

  mutating func input() -> MemberInput {
    var input = MemberInput()
    input.state = [.unknown, .up, .down][next() % 3]
    if next() % 2 == 0 { input.weightFactor = number() }
    if next() % 4 == 0 { input.weight = UInt32(truncatingIfNeeded: [0, 1, 1_000_000, -1][next() % 4]) }
    if next() % 2 == 0 { input.responseTime = number() }
    if next() % 2 == 0 { input.connections = [0, 1, 1000, .max, .min, -1][next() % 6] }
    if next() % 2 == 0 { input.load = number() }
    return input
  }

  mutating func client() -> ClientClass {
    let places = ["fra", "nyc", "nowhere"]
    return ClientClass(
      nearest: places.filter { _ in next() % 2 == 0 }, owner: next() % 2 == 0 ? places[next() % 3] : nil)
  }
}
