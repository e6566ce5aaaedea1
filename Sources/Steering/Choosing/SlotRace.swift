/// Finds which members arrive first at each slot of a `StickyTable`.
enum SlotRace {
  /// Lets time pass in steps, in each of which every member makes its arrivals, until few slots are without enough
  /// of them; these are then looked up member by member.
  ///
  /// A slot has its `depth` earliest arrivals as soon as a step has ended with as many: what comes later is later.
  /// Within a step, times decide, so the result does not depend on the steps. To reach the last slots, members have
  /// to make about ln(slots) arrivals for each; looking up the last tenth costs less where members are few.
  ///
  /// - Parameters:
  ///   - keys: of the members; those after the 65,536th take no part.
  ///   - weights: parallel to the keys, above 0.
  ///   - depth: how many arrivals are wanted for each slot, 1...members.
  /// - Returns: for each slot the numbers of the members that arrived first, `depth` each, the earliest foremost.
  static func places(keys: [UInt64], weights: [UInt64], depth: Int) -> [UInt32] {
    let slotCount = StickyTable.slotCount
    let clock = clock
    let orders = keys.prefix(Int(numberMask) + 1).map { SlotOrder(key: $0) }
    let periods = weights.map { 1 / Double($0) }
    let rate = weights.reduce(0) { $0 + Double($1) }
    var arrivals = Array(repeating: UInt64.max, count: slotCount * depth)
    var earliest = arrivals.mutableSpan
    var next = Array(repeating: 0, count: orders.count)
    var end = 0.0
    var missing = slotCount
    while missing * orders.count > slotCount {
      end = max(end + 0.25 / rate, end * 1.25)
      let limit = arrival(of: 0, at: end)
      for member in orders.indices {
        let order = orders[member]
        let period = periods[member]
        var rank = next[member]
        while rank < slotCount {
          let arrival = arrival(of: member, at: clock[rank] * period)
          guard arrival < limit else { break }
          missing &-= note(arrival, at: order.slot(at: rank), depth, &earliest)
          rank &+= 1
        }
        next[member] = rank
      }
    }
    for slot in 0..<slotCount where missing > 0 && earliest[slot * depth + depth - 1] == .max {
      for place in slot * depth..<(slot + 1) * depth { earliest[place] = .max }
      for member in orders.indices {
        let arrival = arrival(of: member, at: clock[orders[member].rank(of: slot)] * periods[member])
        _ = note(arrival, at: slot, depth, &earliest)
      }
    }
    return arrivals.map { UInt32(truncatingIfNeeded: $0 & numberMask) }
  }

  /// The bits of an arrival that tell the member.
  private static var numberMask: UInt64 { 0xffff }

  /// An arrival as a number, which is smaller the earlier it is: the bits of the time, above 0, of which the last
  /// give way to the member's number. So of members that arrive together the first by identity is first.
  @inline(__always)
  private static func arrival(of member: Int, at time: Double) -> UInt64 {
    time.bitPattern & ~numberMask | UInt64(truncatingIfNeeded: member)
  }

  /// Puts an arrival in its place among the `depth` earliest of a slot.
  ///
  /// - Returns: 1 if the slot now has enough arrivals and had not before, else 0.
  @inline(__always)
  private static func note(
    _ arrival: UInt64, at slot: Int, _ depth: Int, _ earliest: inout MutableSpan<UInt64>
  ) -> Int {
    let first = slot &* depth
    var place = first &+ depth &- 1
    let latest = earliest[place]
    if depth == 1 {
      // Who is first cannot be foretold, so nothing branches on it.
      earliest[place] = min(latest, arrival)
      return latest == .max ? 1 : 0
    }
    if arrival >= latest { return 0 }
    while place > first && arrival < earliest[place - 1] {
      earliest[place] = earliest[place - 1]
      place -= 1
    }
    earliest[place] = arrival
    return latest == .max && earliest[first &+ depth &- 1] < .max ? 1 : 0
  }

  /// The arrival times of a member of weight 1, ascending, as many as slots: exponential at rate 1, each in the middle
  /// of a stratum. Strata are as far apart as the order statistics of so many draws are expected to be: 1/slots,
  /// 1/(slots - 1), and so on (Rényi, "On the theory of order statistics", 1953).
  private static let clock: [Double] = {
    var start = 0.0
    return (0..<StickyTable.slotCount).map { rank in
      let length = 1 / Double(StickyTable.slotCount - rank)
      defer { start += length }
      return start + length / 2
    }
  }()
}
