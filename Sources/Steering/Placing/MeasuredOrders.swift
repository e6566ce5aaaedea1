internal import Locations

/// The orders in which a zone's locations come by measured times.
struct MeasuredOrders {
  /// The different ones, of indices of locations. The first is of clients for whom nothing was measured.
  private(set) var orders: [[Int]] = [[]]
  /// Numbers of orders, by row of the times.
  private(set) var numbers: [UInt32] = []

  /// - Parameter near: names of the locations whose nearness matters.
  init(of times: ResponseTimes?, _ ranking: LocationRanking, near: Set<String>) {
    var known: [[Int]: UInt32] = [[]: 0]
    for row in times?.rows ?? [] {
      let order = ranking.indices(of: row.filter { near.contains($0.location) })
      let number = known[order] ?? UInt32(orders.count)
      if number == orders.count {
        orders.append(order)
        known[order] = number
      }
      numbers.append(number)
    }
  }
}
