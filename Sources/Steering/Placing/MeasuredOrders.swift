internal import Locations

/// The orders in which a zone's locations come by measured times, as far as they matter.
struct MeasuredOrders {
  /// The different ones, of indices of locations. The first is of clients for whom nothing was measured.
  private(set) var orders: [[Int32]] = [[]]
  /// Numbers of orders, by row of the times.
  private(set) var numbers: [UInt32] = []
  private var known: [[Int32]: UInt32] = [[]: 0]

  /// - Parameter near: names of the locations whose nearness matters.
  init(of times: ResponseTimes?, _ ranking: LocationRanking, _ leading: LeadingLocations, near: Set<String>) {
    guard let times else { return }
    var walk = MeasuredWalk(ranking.locations)
    numbers.reserveCapacity(times.rows.count)
    for (index, row) in times.rows.enumerated() {
      let own = row.own.compactMap { measurement in
        near.contains(measurement.location)
          ? ranking.index(of: measurement.location).map { (location: $0, time: measurement.time) } : nil
      }
      walk.enter(index, inside: row.wider, own)
      numbers.append(index > 0 && own.isEmpty ? numbers[row.wider] : number(of: leading.of(walk.order)))
    }
  }

  private mutating func number(of order: [Int32]) -> UInt32 {
    if let number = known[order] { return number }
    let number = UInt32(orders.count)
    orders.append(order)
    known[order] = number
    return number
  }
}
