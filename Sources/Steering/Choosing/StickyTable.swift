/// A table that a hash picks a member from, so that a client keeps its member as others come, go and change weight.
///
/// Weighted rendezvous hashing (Thaler, Ravishankar, "Using name-based mappings to increase hit rates", 1998; with
/// weights as in Schindelhauer, Schomaker, "Weighted distributed hash tables", 2005), worked out for each slot of a
/// fixed number: a member arrives at each slot at a time that follows from its key, the slot and its weight w alone,
/// and the slot is that of the member that arrives first. Arrival times are exponential at rate w: then each member
/// is first with the probability w/Σw. So
/// - when a member goes, only its slots change hands; when one comes, slots only go to it; when a weight grows, slots
///   only go to that member, when it falls, only from it: no table of the same shares could move less;
/// - the table does not depend on the order of members.
///
/// Times are not drawn one by one: a member's times over all slots are the expected order statistics of so many
/// exponential draws, in an order of slots of its own. That halves the variance of shares. The standard deviation of
/// a member's share from w/Σw is at most 0.25 % in a table of 16,384 slots, and 0.13 % in one of 65,536.
struct StickyTable {
  /// The numbers of the members that arrive first at each slot, `depth` for each, the earliest foremost.
  let places: [UInt32]
  let depth: Int
  private let slotCount: Int

  /// The slots, as a power of two: 16,384 for pools of up to 64 members, else 65,536. Members that are down count, so
  /// that the size stays as they come and go.
  static func bits(poolSize: Int) -> Int { poolSize <= 64 ? 14 : 16 }

  /// - Parameters:
  ///   - keys: of the members.
  ///   - weights: parallel to the keys, above 0.
  ///   - width: how many members an answer holds, 1...members.
  ///   - poolSize: all members of the pool.
  init(keys: [UInt64], weights: [UInt64], width: Int, poolSize: Int) {
    let bits = Self.bits(poolSize: poolSize)
    slotCount = 1 << bits
    depth = min(width, 262_144 >> bits)
    var race = SlotRace(keys: keys, weights: weights, bits: bits, depth: depth)
    race.run()
    places = race.places
  }

  /// The numbers of the members that come first.
  var firstPlaces: [Int] { stride(from: 0, to: places.count, by: depth).map { Int(places[$0]) } }

  /// The answers of `width` of `members` each. Places that the table does not tell are taken by the other members in
  /// their order, beginning after the first.
  func answers(of members: [Int], width: Int) -> AnswerList {
    guard width > 1 else { return .single(firstPlaces, of: members) }
    var list = AnswerList()
    for slot in 0..<slotCount {
      var answer = places[slot * depth..<(slot + 1) * depth].map { Int($0) }
      var next = answer[0]
      while answer.count < width {
        next = (next + 1) % members.count
        if !answer.contains(next) { answer.append(next) }
      }
      list.append(answer.map { members[$0] })
    }
    return list
  }
}
