import DNSWire

/// Which counter each zone's queries are counted by: a zone keeps its own for as long as it is served, over any number
/// of snapshots. There are more zones in the world than counters: those that come too late share one.
struct ZoneColumns {
  /// That of the zones without one of their own.
  static let shared = 0

  private var columns: [DomainName: Int] = [:]
  private var free = Array((1..<AnswerCounters.zoneCount).reversed())
  /// What had been counted when a column got its zone.
  private var before = [UInt64](repeating: 0, count: AnswerCounters.zoneCount)

  /// - Parameter apex: in lower case.
  subscript(apex: DomainName) -> Int { columns[apex] ?? Self.shared }

  /// Takes over another generation of zones.
  ///
  /// - Parameters:
  ///   - zones: apexes in lower case. If there are too many for all to have a column, those with pools come first.
  ///   - queries: that have been counted in a column.
  mutating func update(to zones: [(apex: DomainName, hasPools: Bool)], queries: (Int) -> UInt64) {
    if !columns.isEmpty {
      let served = Set(zones.map(\.apex))
      for (apex, column) in columns where !served.contains(apex) {
        columns[apex] = nil
        free.append(column)
      }
    }
    guard !free.isEmpty else { return }
    var new = zones.filter { columns[$0.apex] == nil }
    if new.count > free.count {
      new.sort { one, other in
        guard one.hasPools == other.hasPools else { return one.hasPools }
        return one.apex.octets.lexicographicallyPrecedes(other.apex.octets)
      }
    }
    for zone in new {
      guard let column = free.popLast() else { return }
      columns[zone.apex] = column
      before[column] = queries(column)
    }
  }

  /// Queries by zone.
  func totals(_ queries: (Int) -> UInt64) -> [DomainName: UInt64] {
    columns.mapValues { queries($0) &- before[$0] }
  }
}
