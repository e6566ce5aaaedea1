extension Selection {
  /// `fastest`: shares fall as response times rise, 1/t. A member that was not measured counts as the mean of
  /// those that were.
  ///
  /// - Returns: the factors, the fastest's being 1.
  mutating func weighBySpeed() -> [Double] {
    guard let times = measured(\.effectiveResponseTime), let fastest = left.map({ times[$0] }).min() else {
      return neutral
    }
    return prefer { fastest / times[$0] }
  }

  /// `least-conn` and its kin: what Linux Virtual Server does for each connection, as shares that hold until the
  /// next report.
  ///
  /// LVS gives a connection to the server of the lowest value (ipvsadm(8); Linux, net/netfilter/ipvs/ip_vs_*.c),
  /// where C is a server's connections and W its weight:
  ///
  /// | stage | LVS | value | share, in proportion |
  /// |---|---|---|---|
  /// | `least-conn` | lc | C | 1/(C + 1): the policy's weights do not count, but 0 |
  /// | `weighted-least-conn` | wlc | C/W | W/(C + 1) |
  /// | `shortest-delay` | sed | (C + 1)/W | W/(C + 1) |
  /// | `never-queue` | nq | the first with C = 0, else as sed | W/(C + 1) among those with C = 0, else among all |
  ///
  /// A share is the value's inverse, so that members with less to do get more, none gets all, and equal values get
  /// equal shares. C + 1 stands for C where that would divide by 0, which is why wlc and sed come to the same. W is
  /// the weight in force. A member that reports no connections counts as the mean of those that do.
  ///
  /// - Returns: the factors, the least busy's being 1.
  mutating func weighByConnections(_ stage: Stage) -> [Double] {
    if stage == .leastConnections {
      for index in weights.indices { weights[index] = min(weights[index], 1) }
    }
    guard let counts = measured(\.effectiveConnections), let least = left.map({ counts[$0] }).min() else {
      return neutral
    }
    let hasIdle = left.contains { counts[$0] == 0 && weight(of: $0) > 0 }
    if stage == .neverQueue && hasIdle { return prefer { counts[$0] == 0 ? 1 : 0 } }
    return prefer { (least + 1) / (counts[$0] + 1) }
  }

  /// `shed`: a member keeps its share up to a load of `low`, loses it evenly from there and has none from `high`.
  /// A member that reports no load keeps its share. Where that leaves nobody a share, those that had one keep a
  /// thousandth of it.
  mutating func shed(low: Double, high: Double) -> [Double] {
    var factors = neutral
    for index in left {
      guard let load = inputs[index].effectiveLoad else { continue }
      factors[index] = Self.remaining(load, low, high)
    }
    let isNobodyLeft = !left.contains { weight(of: $0) * factors[$0] > 0 }
    if isNobodyLeft { for index in left { factors[index] = 0.001 } }
    for index in left { capacities[index] *= factors[index] }
    return factors
  }

  /// `hash:*:bounded`: a member that is loaded above 1.25 times the average loses clients to those with room.
  ///
  /// Consistent hashing with bounded loads (Mirrokni, Thorup, Zadimoghaddam, 2016), between reports: a member's load
  /// is its connections (or, where no member left reports any, its load times its weight), taken to be made by the
  /// clients that hash to it. Relative to what its weight would give it of the sum, that is r. Members of r above
  /// c = 1.25 come down to c: factor c/r. What they lose goes to the others in proportion to the room that they have
  /// below c, so that it takes none above. A member that reports nothing counts as r = 1.
  ///
  /// - Returns: the factors; above 1 for members that take clients.
  mutating func bound() -> [Double] {
    let bound = 1.25
    let weighty = left.filter { weight(of: $0) > 0 }
    let isCounting = weighty.contains { inputs[$0].connections != nil }
    let loads = weights.indices.map { index in
      isCounting
        ? inputs[index].effectiveConnections
        : inputs[index].effectiveLoad.map { $0 * weight(of: index) }
    }
    let known = weighty.filter { loads[$0] != nil }
    let sum = known.reduce(0) { $0 + (loads[$1] ?? 0) }
    let average = sum / known.reduce(0) { $0 + weight(of: $1) }
    guard sum > 0, average.isFinite else { return neutral }
    var relative = neutral
    for index in known { relative[index] = (loads[index] ?? 0) / weight(of: index) / average }
    var moved = 0.0
    var room = 0.0
    for index in weighty {
      let ratio = relative[index]
      if ratio > bound { moved += weight(of: index) * (1 - bound / ratio) }
      if ratio < bound { room += weight(of: index) * (bound - ratio) }
    }
    guard moved > 0, room > 0 else { return neutral }
    return prefer { index in
      let ratio = relative[index]
      return ratio > bound ? bound / ratio : 1 + moved * (bound - ratio) / room
    }
  }

  /// What a load leaves of a share, 0...1; all where the marks are no numbers.
  private static func remaining(_ load: Double, _ low: Double, _ high: Double) -> Double {
    if load <= low { return 1 }
    if load >= high { return 0 }
    let share = (high - load) / (high - low)
    return share.isNaN ? 1 : share
  }

  private var neutral: [Double] { Array(repeating: 1, count: weights.count) }

  /// What is measured of the members left, and their mean for the others of them; nil where nothing is. Parallel to
  /// the members.
  private func measured(_ value: (MemberInput) -> Double?) -> [Double]? {
    let known = left.compactMap { value(inputs[$0]) }
    guard !known.isEmpty else { return nil }
    let mean = known.reduce(0) { $0 + $1 / Double(known.count) }
    return weights.indices.map { value(inputs[$0]) ?? mean }
  }

  /// Multiplies the preferences of the members left.
  private mutating func prefer(_ factor: (Int) -> Double) -> [Double] {
    var factors = neutral
    for index in left {
      factors[index] = factor(index)
      preferences[index] *= factors[index]
    }
    return factors
  }
}
