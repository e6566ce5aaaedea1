/// Finds which members arrive first at each slot of a `StickyTable`.
struct SlotRace {
  /// For each slot the numbers of the members that arrived first, `depth` each.
  private(set) var places: [UInt32]
  /// When they did.
  private var times: [Double]
  private var counts: [UInt32]
  private let orders: [SlotOrder]
  /// One over each member's weight.
  private let periods: [Double]
  private let depth: Int
  private let slotCount: Int
  /// The arrival times of a member of weight 1, ascending.
  private let clock: [Double]

  init(keys: [UInt64], weights: [UInt64], bits: Int, depth: Int) {
    slotCount = 1 << bits
    self.depth = depth
    orders = keys.map { SlotOrder(key: $0, bits: bits) }
    periods = weights.map { 1 / Double(max(1, $0)) }
    places = Array(repeating: 0, count: slotCount * depth)
    times = Array(repeating: .infinity, count: slotCount * depth)
    counts = Array(repeating: 0, count: slotCount)
    clock = bits == 14 ? Self.clock14 : Self.clock16
  }

  /// Lets time pass in steps, in each of which every member makes its arrivals, until few slots are without enough of
  /// them; these are then looked up member by member.
  ///
  /// A slot has its `depth` earliest arrivals as soon as a step has ended with as many: what comes later is later.
  /// Within a step, times decide, so the result does not depend on the steps. To reach the last slots, members have
  /// to make about ln(slots) arrivals for each; looking up the last tenth costs less where members are few.
  mutating func run() {
    let rate = periods.reduce(0) { $0 + 1 / $1 }
    var next = Array(repeating: 0, count: orders.count)
    var end = 0.0
    var missing = slotCount
    while missing * orders.count > slotCount {
      end = max(end + 0.25 / rate, end * 1.25)
      for member in orders.indices {
        let order = orders[member]
        let period = periods[member]
        var rank = next[member]
        while rank < slotCount, clock[rank] * period < end {
          if arrive(member, at: order.slot(at: rank), time: clock[rank] * period) { missing -= 1 }
          rank += 1
        }
        next[member] = rank
      }
    }
    if missing > 0 { for slot in 0..<slotCount where counts[slot] < depth { lookUp(slot) } }
  }

  /// - Returns: whether the slot now has enough arrivals, and had not before.
  @inline(__always)
  private mutating func arrive(_ member: Int, at slot: Int, time: Double) -> Bool {
    let first = slot * depth
    let count = Int(counts[slot])
    if count == depth && time >= times[first + depth - 1] { return false }
    var place = first + min(count, depth - 1)
    while place > first && time < times[place - 1] {
      times[place] = times[place - 1]
      places[place] = places[place - 1]
      place -= 1
    }
    times[place] = time
    places[place] = UInt32(member)
    guard count < depth else { return false }
    counts[slot] += 1
    return count + 1 == depth
  }

  /// Has all members arrive at a slot.
  private mutating func lookUp(_ slot: Int) {
    counts[slot] = 0
    for member in orders.indices {
      _ = arrive(member, at: slot, time: clock[orders[member].rank(of: slot)] * periods[member])
    }
  }

  private static let clock14 = clock(count: 1 << 14)
  private static let clock16 = clock(count: 1 << 16)

  /// The expected order statistics of `count` exponential draws of rate 1: the k-th is 1/count + 1/(count - 1) + ...,
  /// k terms (Rényi, "On the theory of order statistics", 1953).
  private static func clock(count: Int) -> [Double] {
    var sum = 0.0
    return (0..<count).map { rank in
      sum += 1 / Double(count - rank)
      return sum
    }
  }
}
